package io.zproc.examples;

import io.zproc.Context;
import io.zproc.ProcessTarget;
import io.zproc.State;
import java.util.Map;

/** The ways of waiting for something to be so, each in a process of its own. */
public final class StateWatchers {
  private StateWatchers() {}

  private static ProcessTarget<Object> say(String what, ProcessTarget<?> wait) {
    return state -> {
      wait.run(state);
      System.out.println(what);
      return null;
    };
  }

  private static Object awaitChange(State<String, Object> state) {
    state.put("watching", true);
    return state.getWhenChange("price");
  }

  public static void main(String[] args) {
    try (Context ctx = Context.builder().awaitOnClose(true).open()) {
      ctx.state().putAll(Map.of("price", 50, "market", "open"));
      ctx.process(say("it changed", StateWatchers::awaitChange));
      ctx.process(say("it is below 40", s -> s.getWhen(now -> (Integer) now.get("price") < 40)));
      ctx.process(say("it is 35", s -> s.getWhenEqual("price", 35)));
      ctx.process(say("it is not 50", s -> s.getWhenNotEqual("price", 50)));
      ctx.process(say("there is a buyer", s -> s.getWhenNotNone("buyer")));
      ctx.process(say("the seller is known", s -> s.getWhenAvailable("seller")));
      ctx.process(say("the market is over", s -> s.getWhenNone("market")));
      ctx.state().getWhenAvailable("watching");
      ctx.state().put("price", 35);
      ctx.state().put("buyer", "Midas");
      ctx.state().put("seller", null);
      ctx.state().remove("market");
    }
  }
}
