package io.zproc.examples;

import io.zproc.Context;
import io.zproc.Snapshot;
import io.zproc.State;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import java.time.Duration;

/** Tells short presses of a button from long ones. */
public final class ButtonPress {
  private static final WatchOptions HALF_A_SECOND =
      WatchOptions.buffered().timeout(Duration.ofMillis(500));

  private ButtonPress() {}

  static void handlePress(Snapshot<String, Object> snapshot, State<String, Object> state) {
    try {
      state.getWhenEqual("button", false, HALF_A_SECOND);
      System.out.println("a SHORT press");
    } catch (ZProcTimeoutException e) {
      System.out.println("a LONG press");
      state.getWhenEqual("button", false);
    }
    state.add("handled", 1);
  }

  public static void main(String[] args) throws Exception {
    try (Context ctx = Context.open()) {
      ctx.callWhenEqual("button", true, ButtonPress::handlePress);
      for (int press = 1; press <= 3; press++) {
        ctx.state().put("button", true);
        Thread.sleep(press == 2 ? 1500 : 50);
        ctx.state().put("button", false);
        ctx.state().getWhenEqual("handled", (long) press);
      }
    }
  }
}
