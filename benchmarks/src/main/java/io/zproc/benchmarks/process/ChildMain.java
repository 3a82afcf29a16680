package io.zproc.benchmarks.process;

import io.zproc.internal.jvm.Opens;
import java.io.IOException;
import java.util.Arrays;

/**
 * The main class of child processes: runs the {@link Role} named first, and ends with the parent.
 */
public final class ChildMain {
  static final String READY = "ready";

  private ChildMain() {}

  public static void main(String[] arguments) throws Exception {
    endWithParent();
    Opens.open();
    Role role =
        Class.forName(arguments[0]).asSubclass(Role.class).getDeclaredConstructor().newInstance();
    role.run(Arrays.copyOfRange(arguments, 1, arguments.length), () -> System.out.println(READY));
  }

  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  continue;
                }
              } catch (IOException e) {
                // As good as the end of the input.
              }
              Runtime.getRuntime().halt(0);
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }
}
