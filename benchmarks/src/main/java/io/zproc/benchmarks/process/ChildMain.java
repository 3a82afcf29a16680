package io.zproc.benchmarks.process;

import io.zproc.internal.jvm.Opens;
import io.zproc.internal.jvm.StandardInput;
import java.util.Arrays;

/**
 * The main class of child processes: runs the {@link Role} named first, and ends with the parent.
 */
public final class ChildMain {
  static final String READY = "ready";

  private ChildMain() {}

  public static void main(String[] arguments) throws Exception {
    new StandardInput().whenEnded(() -> Runtime.getRuntime().halt(0));
    Opens.open();
    Role role =
        Class.forName(arguments[0]).asSubclass(Role.class).getDeclaredConstructor().newInstance();
    role.run(Arrays.copyOfRange(arguments, 1, arguments.length), () -> System.out.println(READY));
  }
}
