package io.zproc.cli.demo;

import io.zproc.State;
import java.util.concurrent.TimeUnit;

/**
 * Makes peanuts, one atomic commit each, at first {@value #SLOW_MS} ms apart and at last {@value
 * #FAST_MS}, so that who takes his time over each falls behind.
 */
final class Generator {
  private static final long SLOW_MS = 10;
  private static final long FAST_MS = 1;

  private final State<String, Object> state;
  private final long peanuts;
  private final Narrator narrator = new Narrator();

  Generator(State<String, Object> state, long peanuts) {
    this.state = state;
    this.peanuts = peanuts;
  }

  void run() throws InterruptedException {
    long slowNs = TimeUnit.MILLISECONDS.toNanos(SLOW_MS);
    long gainNs = slowNs - TimeUnit.MILLISECONDS.toNanos(FAST_MS);
    for (long i = 1; i <= peanuts; i++) {
      narrator.say("generator made peanut", incrementPeanuts());
      TimeUnit.NANOSECONDS.sleep(slowNs - gainNs * i / peanuts);
    }
  }

  private long incrementPeanuts() {
    return state.atomic(
        tx -> {
          long next = (long) tx.get(Names.PEANUTS) + 1;
          tx.put(Names.PEANUTS, next);
          tx.put(Names.MADE_AT, System.nanoTime());
          return next;
        });
  }
}
