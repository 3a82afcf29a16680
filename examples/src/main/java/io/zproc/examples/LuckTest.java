package io.zproc.examples;

import io.zproc.Context;
import java.util.concurrent.ThreadLocalRandom;

/** Numbers are drawn until one is lucky; another process says when. */
public final class LuckTest {
  private LuckTest() {}

  public static void main(String[] args) throws InterruptedException {
    try (Context ctx = Context.open()) {
      ctx.callWhenChange(
          "number",
          (snapshot, state) -> {
            double number = (Double) snapshot.get("number");
            if (number > 0.9 && !state.containsKey("lucky")) {
              System.out.println("lucky: " + number);
              state.put("lucky", number);
            }
          });
      while (!ctx.state().containsKey("lucky")) {
        ctx.state().put("number", ThreadLocalRandom.current().nextDouble());
        Thread.sleep(1);
      }
      System.out.println("that was luck");
    }
  }
}
