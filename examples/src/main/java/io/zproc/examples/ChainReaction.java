package io.zproc.examples;

import io.zproc.Context;

/** Each process waits for the one before it, and sets off the next. */
public final class ChainReaction {
  private static final int LENGTH = 5;

  private ChainReaction() {}

  public static void main(String[] args) {
    try (Context ctx = Context.open()) {
      for (int i = 0; i < LENGTH; i++) {
        int place = i;
        ctx.process(
            state -> {
              state.getWhenEqual("fallen", place);
              System.out.println("domino " + place + " falls");
              return state.put("fallen", place + 1);
            });
      }
      ctx.state().put("fallen", 0);
      ctx.awaitAll();
      System.out.println("fallen: " + ctx.state().get("fallen"));
    }
  }
}
