package io.zproc.cli.demo;

import java.util.concurrent.TimeUnit;

/** Says what happens on standard output, but not more often than people can read. One thread. */
final class Narrator {
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(800);

  private long lastNs = System.nanoTime() - PAUSE_NS;

  /** Prints, unless something was printed a moment ago. */
  void say(String what, long number) {
    long now = System.nanoTime();
    if (now - lastNs >= PAUSE_NS) {
      lastNs = now;
      System.out.println(what + " " + number);
    }
  }
}
