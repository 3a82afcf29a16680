package io.zproc.benchmarks.suite;

import io.zproc.State;

/** Acknowledged puts of a long, to one key after the other. For one thread. */
final class Puts {
  private final State<String, Object> state;
  private final String[] keys;
  private int next;
  private long value;

  Puts(State<String, Object> state, String[] keys) {
    this.state = state;
    this.keys = keys;
  }

  void run(int times) {
    for (int i = 0; i < times; i++) {
      state.putLong(keys[next], ++value);
      if (++next == keys.length) {
        next = 0;
      }
    }
  }
}
