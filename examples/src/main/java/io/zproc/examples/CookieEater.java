package io.zproc.examples;

import io.zproc.Context;
import io.zproc.State;

/** The eater is told of every cookie, however fast they are made. */
public final class CookieEater {
  private static final int COOKIES = 5;

  private CookieEater() {}

  static Object eat(State<String, Object> state) {
    state.put("hungry", true);
    for (int eaten = 0; eaten < COOKIES; eaten++) {
      System.out.println("nom nom nom: cookie " + state.getWhenChange("cookies").get("cookies"));
    }
    return null;
  }

  public static void main(String[] args) {
    try (Context ctx = Context.builder().awaitOnClose(true).open()) {
      ctx.process(CookieEater::eat);
      ctx.state().getWhenAvailable("hungry");
      for (int i = 0; i < COOKIES; i++) {
        System.out.println("here's a cookie: " + ctx.state().add("cookies", 1));
      }
    }
  }
}
