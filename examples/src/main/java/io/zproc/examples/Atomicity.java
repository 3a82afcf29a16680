package io.zproc.examples;

import io.zproc.Context;
import io.zproc.State;

/** Four processes add to one number in two steps. What is done atomically is not lost. */
public final class Atomicity {
  private static final int TIMES = 250;

  private Atomicity() {}

  static Object count(State<String, Object> state) {
    for (int i = 0; i < TIMES; i++) {
      state.atomic(tx -> tx.put("count", (Integer) tx.get("count") + 1));
    }
    return null;
  }

  public static void main(String[] args) {
    try (Context ctx = Context.open()) {
      ctx.state().put("count", 0);
      ctx.processFactory(4, Atomicity::count);
      ctx.awaitAll();
      System.out.println("count: " + ctx.state().get("count"));
    }
  }
}
