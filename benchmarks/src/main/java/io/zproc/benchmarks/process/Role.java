package io.zproc.benchmarks.process;

/** What a child process does; started by its name. Has a constructor without arguments. */
@FunctionalInterface
public interface Role {

  /**
   * Makes everything ready, says so, and works until the process ends.
   *
   * @param ready to be run once, when the parent may begin
   */
  void run(String[] arguments, Runnable ready) throws Exception;
}
