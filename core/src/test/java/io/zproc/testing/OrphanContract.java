package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.State;
import io.zproc.WatchOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No process outlives who started it. */
public abstract class OrphanContract extends ProcessesContract {
  private static final int DEPTH = 3;

  /** Puts its pid, starts the next level, and waits for ever. */
  static Object chain(Context context, int depth) {
    State<String, Object> state = context.state();
    state.put("pid" + depth, ProcessHandle.current().pid());
    if (depth < DEPTH) {
      context.processWithContext(deeper -> chain(deeper, depth + 1));
    }
    return state.getWhenEqual("never", 1);
  }

  private List<Long> startChain() {
    List<Long> pids = new ArrayList<>();
    ctx.processWithContext(context -> chain(context, 1));
    for (int i = 1; i <= DEPTH; i++) {
      String key = "pid" + i;
      WatchOptions patient = WatchOptions.buffered().timeout(SOON);
      pids.add((Long) shared.getWhenAvailable(key, patient).get(key));
    }
    return pids;
  }

  @Test
  void shouldEndAtAnyDepthWhenAParentIsKilled() {
    List<Long> pids = startChain();
    assertThat(pids).allMatch(OrphanContract::isAlive);
    ProcessHandle.of(pids.get(0)).orElseThrow().destroyForcibly();
    eventually("no process is left", () -> pids.stream().noneMatch(OrphanContract::isAlive));
  }

  @Test
  void shouldEndAtAnyDepthWhenAParentIsStopped() {
    List<Long> pids = startChain();
    ManagedProcess<?> first = ctx.processes().get(0);
    assertThat(first.stop()).isEqualTo(-15);
    eventually("no process is left", () -> pids.stream().noneMatch(OrphanContract::isAlive));
  }
}
