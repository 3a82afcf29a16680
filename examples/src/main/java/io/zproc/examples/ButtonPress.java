package io.zproc.examples;

import io.zproc.Context;
import io.zproc.Snapshot;
import io.zproc.State;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import java.time.Duration;

/** Tells short presses of a button from long ones. The reader stands for some device. */
public final class ButtonPress {
  private static final Duration LONG = Duration.ofMillis(500);

  private ButtonPress() {}

  static void handlePress(Snapshot<String, Object> snapshot, State<String, Object> state) {
    state.add("pressed", 1);
    try {
      state.getWhenEqual("button", false, WatchOptions.buffered().timeout(LONG));
      System.out.println("a SHORT press");
    } catch (ZProcTimeoutException e) {
      System.out.println("a LONG press");
      state.getWhenEqual("button", false);
    }
    state.add("released", 1);
  }

  public static void main(String[] args) throws Exception {
    try (Context ctx = Context.open()) {
      ctx.callWhenEqual("button", true, ButtonPress::handlePress);
      long presses = 0;
      for (int holdMs : new int[] {50, 1500, 50}) {
        presses++;
        ctx.state().put("button", true);
        ctx.state().getWhenEqual("pressed", presses);
        Thread.sleep(holdMs);
        ctx.state().put("button", false);
        ctx.state().getWhenEqual("released", presses);
      }
    }
  }
}
