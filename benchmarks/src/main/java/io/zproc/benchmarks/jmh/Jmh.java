package io.zproc.benchmarks.jmh;

import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** JMH's own runner, with what each operation allocates unless another profiler is asked for. */
public final class Jmh {
  private Jmh() {}

  /**
   * @param arguments as of JMH's own main class
   * @return the exit status
   */
  public static int run(List<String> arguments) throws RunnerException {
    try {
      CommandLineOptions given = new CommandLineOptions(arguments.toArray(String[]::new));
      OptionsBuilder options = new OptionsBuilder();
      options.parent(given);
      if (given.getProfilers().isEmpty()) {
        options.addProfiler(GCProfiler.class);
      }
      new Runner(options.build()).run();
      return 0;
    } catch (CommandLineOptionException e) {
      System.err.println("JMH: " + e.getMessage());
      return 2;
    }
  }
}
