package io.zproc.examples;

import io.zproc.Context;
import io.zproc.SnapshotHandler;
import io.zproc.WatchOptions;
import java.util.List;

/** Peanuts come faster than they are eaten: a buffered consumer gets all, a live one some. */
public final class PeanutProcessor {
  private static final long PEANUTS = 20;

  private PeanutProcessor() {}

  private static SnapshotHandler eat(String consumer) {
    return (snapshot, state) -> {
      state.add(consumer, 1);
      Thread.sleep(30);
    };
  }

  public static void main(String[] args) throws Exception {
    try (Context ctx = Context.open()) {
      ctx.callWhenChange(List.of("peanuts"), WatchOptions.buffered(), eat("buffered"));
      ctx.callWhenChange(List.of("peanuts"), WatchOptions.live(), eat("live"));
      for (int i = 0; i < PEANUTS; i++) {
        ctx.state().add("peanuts", 1);
        Thread.sleep(10);
      }
      ctx.state().getWhenEqual("buffered", PEANUTS);
      System.out.println("buffered: " + ctx.state().getLong("buffered", 0) + " of " + PEANUTS);
      System.out.println("live: " + ctx.state().getLong("live", 0) + " of " + PEANUTS);
    }
  }
}
