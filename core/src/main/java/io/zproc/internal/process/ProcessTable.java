package io.zproc.internal.process;

import io.zproc.Context;
import io.zproc.SessionLostException;
import io.zproc.State;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The processes of a server and what came of them, as state that anybody may read.
 *
 * <p>A record has one writer at a time, so that plain puts do: the parent until it has sent the
 * job, then the child until it has ended, then the parent again. Thread-safe.
 */
public final class ProcessTable {
  /** Records, by id. */
  public static final String PROCESSES = "zproc.processes";

  /** Outcomes, by id. */
  public static final String OUTCOMES = "zproc.outcomes";

  /** How far buffered {@code callWhen…} processes have come that survive signals, by id. */
  static final String POSITIONS = "zproc.positions";

  private final State<String, Object> processes;
  private final State<String, Object> outcomes;
  private final State<String, Object> positions;

  public ProcessTable(Context context) {
    processes = context.state(PROCESSES);
    outcomes = context.state(OUTCOMES);
    positions = context.state(POSITIONS);
  }

  /** All records, as of one moment. */
  public Map<String, ProcessRecord> all() {
    Map<String, ProcessRecord> all = new LinkedHashMap<>();
    processes.copy().forEach((id, value) -> all.put(id, ProcessRecord.of((Map<?, ?>) value)));
    return all;
  }

  void put(String id, ProcessRecord process) {
    processes.put(id, process.toMap());
  }

  /** The record, or null. */
  ProcessRecord get(String id) {
    Map<?, ?> map = (Map<?, ?>) processes.get(id);
    return map == null ? null : ProcessRecord.of(map);
  }

  void putOutcome(String id, Outcome outcome) {
    outcomes.put(id, outcome.toMap());
  }

  /** The outcome, or null while there is none. */
  Outcome outcome(String id) {
    Map<?, ?> map = (Map<?, ?>) outcomes.get(id);
    return map == null ? null : Outcome.of(map);
  }

  /** Removes what parents left that have ended without closing their contexts. */
  void removeLost() {
    all()
        .forEach(
            (id, process) -> {
              if (process.isLost()) {
                remove(id);
              }
            });
  }

  /** In another state that has taken the server's address, a child may have written it, too. */
  void remove(String id) {
    try {
      removeOnce(id);
    } catch (SessionLostException e) {
      removeOnce(id);
    }
  }

  private void removeOnce(String id) {
    processes.remove(id);
    outcomes.remove(id);
    positions.remove(id);
  }
}
