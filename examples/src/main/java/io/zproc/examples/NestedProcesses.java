package io.zproc.examples;

import io.zproc.Context;

/** A process starts a process, which starts a process, five levels deep; all share one state. */
public final class NestedProcesses {
  private static final int LEVELS = 5;

  private NestedProcesses() {}

  static int descend(Context ctx, int level) {
    System.out.println("level " + level);
    ctx.state().add("depth", 1);
    return level == LEVELS
        ? level
        : ctx.processWithContext(below -> descend(below, level + 1)).await();
  }

  public static void main(String[] args) {
    try (Context ctx = Context.open()) {
      int deepest = ctx.processWithContext(below -> descend(below, 1)).await();
      System.out.println("deepest: " + deepest + ", counted: " + ctx.state().get("depth"));
    }
  }
}
