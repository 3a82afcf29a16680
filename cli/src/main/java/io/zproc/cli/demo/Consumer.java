package io.zproc.cli.demo;

import io.zproc.Snapshot;
import io.zproc.State;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits for peanuts and takes a while over each. The live one waits for the next peanut to be made;
 * the buffered one takes them one by one; the hybrid one does that, too, but skips to the present
 * whenever it has finished one.
 */
final class Consumer {
  /** How long the two that may miss peanuts take over one: longer than it takes to make one. */
  private static final long SLOW_MS = 25;

  /** Falls behind only when peanuts come fast. */
  private static final long BUFFERED_MS = 3;

  private static final Duration LOOK_UP = Duration.ofMillis(250);

  private final Role role;
  private final State<String, Object> state;
  private final State<String, Object> results;
  private final long peanuts;
  private final WatchOptions options;
  private final Narrator narrator = new Narrator();
  private final Tally tally = new Tally();

  Consumer(Role role, State<String, Object> state, State<String, Object> results, long peanuts) {
    this.role = role;
    this.state = state;
    this.results = results;
    this.peanuts = peanuts;
    options = (role == Role.LIVE ? WatchOptions.live() : WatchOptions.buffered()).timeout(LOOK_UP);
  }

  Tally run() throws InterruptedException {
    while (tally.last() < peanuts) {
      try {
        take(state.getWhenChange(options, Names.PEANUTS));
      } catch (ZProcTimeoutException e) {
        if (results.containsKey(Names.DONE)) {
          return tally; // The last peanut was missed.
        }
      }
    }
    return tally;
  }

  private void take(Snapshot<String, Object> snapshot) throws InterruptedException {
    long age = System.nanoTime() - (long) snapshot.get(Names.MADE_AT);
    long number = (long) snapshot.get(Names.PEANUTS);
    tally.add(number, age);
    narrator.say(role.label() + " consumer got:", number);
    TimeUnit.MILLISECONDS.sleep(role == Role.BUFFERED ? BUFFERED_MS : SLOW_MS);
    if (role == Role.HYBRID) {
      state.goLive();
    }
  }
}
