package io.zproc.internal.process;

import io.zproc.Backend;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What others may know of a process: a value of the namespace {@link ProcessTable#PROCESSES}, as a
 * map of plain data that any language reads.
 *
 * @param name the target
 * @param parent who watches over it; in the map its pid, its host, and when it was started
 * @param exitCode null before it has ended
 */
public record ProcessRecord(
    String name,
    long pid,
    ProcessIdentity parent,
    Backend backend,
    ProcessState state,
    int restarts,
    Integer exitCode,
    Instant started) {

  ProcessRecord running(long itsPid) {
    return new ProcessRecord(
        name, itsPid, parent, backend, ProcessState.RUNNING, restarts, null, started);
  }

  ProcessRecord in(ProcessState next) {
    return new ProcessRecord(name, pid, parent, backend, next, restarts, exitCode, started);
  }

  ProcessRecord restarted(ProcessState next, int times) {
    return new ProcessRecord(name, pid, parent, backend, next, times, null, started);
  }

  ProcessRecord ended(ProcessState end, int code) {
    return new ProcessRecord(name, pid, parent, backend, end, restarts, code, started);
  }

  /**
   * Whether nobody will ever tell how it ended, nor remove this record, for its parent has ended.
   */
  public boolean isLost() {
    return parent.hasEnded();
  }

  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("pid", pid);
    map.put("parent", parent.pid());
    map.put("host", parent.host());
    map.put("parentStarted", parent.startMs());
    map.put("backend", backend.name());
    map.put("state", state.name());
    map.put("restarts", restarts);
    map.put("exitCode", exitCode);
    map.put("started", started);
    return map;
  }

  static ProcessRecord of(Map<?, ?> map) {
    return new ProcessRecord(
        (String) map.get("name"),
        (Long) map.get("pid"),
        new ProcessIdentity(
            (String) map.get("host"), (Long) map.get("parent"), (Long) map.get("parentStarted")),
        Backend.valueOf((String) map.get("backend")),
        ProcessState.valueOf((String) map.get("state")),
        (Integer) map.get("restarts"),
        (Integer) map.get("exitCode"),
        (Instant) map.get("started"));
  }
}
