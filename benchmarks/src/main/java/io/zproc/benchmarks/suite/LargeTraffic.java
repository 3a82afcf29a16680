package io.zproc.benchmarks.suite;

import io.zproc.Context;
import io.zproc.State;
import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/** A client that moves much at once, for as long as it lives. */
public final class LargeTraffic implements Role {
  static final String KEY = "large";

  /** While others are measured it stands still, also in the middle of a command. */
  private static final Duration LONGER_THAN_FROZEN = Duration.ofMinutes(2);

  static final int LENGTH = 15 << 20;

  /** What it does again and again. */
  enum Kind {
    /** Puts a value of 15 MiB, and gets the one before. */
    PUT,

    /** Gets a value of 15 MiB. */
    GET,

    /** Reads a whole namespace, as each new client's first snapshot does. */
    SNAPSHOT
  }

  static Child start(Kind kind, String address, String namespace) throws IOException {
    return Child.start(LargeTraffic.class, kind.name(), address, namespace).awaitReady();
  }

  @Override
  public void run(String[] arguments, Runnable ready) {
    Kind kind = Kind.valueOf(arguments[0]);
    try (Context context = open(arguments[1])) {
      State<String, Object> state = context.state(arguments[2]);
      byte[] value = new byte[LENGTH];
      new Random(1).nextBytes(value);
      if (kind != Kind.SNAPSHOT) {
        state.put(KEY, value);
      }
      ready.run();
      while (!Thread.currentThread().isInterrupted()) {
        switch (kind) {
          case PUT -> state.put(KEY, value);
          case GET -> state.get(KEY);
          case SNAPSHOT -> snapshot(arguments[1], arguments[2]);
        }
      }
    }
  }

  private static Context open(String address) {
    return Context.builder().address(address).timeout(LONGER_THAN_FROZEN).open();
  }

  private static void snapshot(String address, String namespace) {
    try (Context fresh = open(address)) {
      fresh.state(namespace).copy();
    }
  }
}
