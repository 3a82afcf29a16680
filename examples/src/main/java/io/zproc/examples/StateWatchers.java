package io.zproc.examples;

import io.zproc.Context;
import io.zproc.ProcessTarget;
import java.util.List;

/** The ways of waiting for something to be so, each in a process of its own. */
public final class StateWatchers {
  private StateWatchers() {}

  private static ProcessTarget<Object> say(String what, ProcessTarget<?> wait) {
    return state -> {
      state.add("watching", 1);
      wait.run(state);
      System.out.println(what);
      return null;
    };
  }

  public static void main(String[] args) {
    try (Context ctx = Context.builder().awaitOnClose(true).open()) {
      List<ProcessTarget<Object>> watchers =
          List.of(
              say("the price changed", state -> state.getWhenChange("price")),
              say(
                  "the price is below 40",
                  state -> state.getWhen(s -> (Integer) s.get("price") < 40)),
              say("the price is 35", state -> state.getWhenEqual("price", 35)),
              say("the price is not 50", state -> state.getWhenNotEqual("price", 50)),
              say("there is a buyer", state -> state.getWhenNotNone("buyer")),
              say("the seller is known", state -> state.getWhenAvailable("seller")),
              say("the shop is empty", state -> state.getWhenNone("shop")));
      ctx.state().put("price", 50);
      ctx.state().put("shop", "full");
      watchers.forEach(ctx::process);
      ctx.state().getWhenEqual("watching", (long) watchers.size());
      ctx.state().put("price", 35);
      ctx.state().put("buyer", "Midas");
      ctx.state().put("seller", null);
      ctx.state().remove("shop");
    }
  }
}
