package io.zproc.benchmarks;

import io.zproc.WaitStrategy;
import io.zproc.benchmarks.floor.RedisSet;
import io.zproc.benchmarks.jmh.Jmh;
import io.zproc.benchmarks.process.Pinning;
import io.zproc.benchmarks.race.Row;
import io.zproc.benchmarks.stopped.StoppedClients;
import io.zproc.benchmarks.suite.Suite;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./zproc bench}. */
@Command(
    name = "bench",
    sortOptions = false,
    sortSynopsis = false,
    description = {
      "Measures the library between processes, each figure beside its floor or a peer in the same"
          + " run, or runs JMH benchmarks of what happens inside one process."
    })
public final class Main implements Callable<Integer> {
  private static final String ALL = "all";

  /** Client, server and watcher. */
  private static final int SPINNING_THREADS = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(names = "--json", description = "Print one JSON object instead of tables.")
  private boolean json;

  @Option(
      names = "--strategy",
      defaultValue = ALL,
      paramLabel = "STRATEGY",
      description = "BLOCKING, SPIN_THEN_BLOCK, BUSY_SPIN or all (the default).")
  private String strategy;

  @Option(names = "--quick", description = "Shorter and rougher.")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "read, put, watch, increment, pipeline, drain, growth, processes, map, or with --remote:"
              + " put, get, cached, watch, drain, large; all without it.")
  private Set<String> only = new LinkedHashSet<>();

  @Option(
      names = "--remote",
      description = "Measure clients that come over tcp, beside a bare jeromq echo.")
  private boolean remote;

  @Option(
      names = "--stopped",
      paramLabel = "SECONDS",
      description =
          "Measure for so long what 200 clients over tcp notice when 20 of them are stopped; fails"
              + " if the median changes by a fifth or more.")
  private Integer stoppedSeconds;

  @Option(
      names = "--pin",
      description = "Keep all processes on one core, with taskset; not with BUSY_SPIN.")
  private boolean pin;

  @Option(
      names = "--jmh",
      description = "Run the JMH benchmarks that match the first argument, a regular expression.")
  private boolean jmh;

  @Parameters(paramLabel = "ARG", description = "For --jmh: the expression, then options of JMH.")
  private List<String> arguments = new ArrayList<>();

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(out);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setUnmatchedOptionsArePositionalParams(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws Exception {
    if (jmh) {
      return Jmh.run(arguments);
    }
    if (stoppedSeconds != null) {
      if (stoppedSeconds < 1) {
        throw wrong("--stopped=" + stoppedSeconds + " is below 1");
      }
      return StoppedClients.run(Duration.ofSeconds(stoppedSeconds), System.out)
              < StoppedClients.MAX_RATIO
          ? 0
          : 1;
    }
    if (!arguments.isEmpty()) {
      throw wrong("unknown: " + String.join(" ", arguments));
    }
    Settings settings = settings();
    if (pin) {
      Pinning.toOneCore();
    }
    measure(settings);
    return 0;
  }

  private List<Suite> suites() {
    return remote ? Suite.remote() : Suite.all();
  }

  private Settings settings() {
    List<String> names = suites().stream().map(Suite::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw wrong("--only " + name + " is none of " + String.join(", ", names));
      }
    }
    return new Settings(strategies(), quick, pin, only);
  }

  private List<WaitStrategy> strategies() {
    if (pin && strategy.equals(ALL)) {
      return List.of(WaitStrategy.BLOCKING, WaitStrategy.SPIN_THEN_BLOCK);
    }
    if (pin && strategy.equals(WaitStrategy.BUSY_SPIN.name())) {
      throw wrong("--pin with BUSY_SPIN: who spins on the only core keeps all from running");
    }
    if (strategy.equals(ALL)) {
      return List.of(WaitStrategy.values());
    }
    try {
      return List.of(WaitStrategy.valueOf(strategy.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw wrong(
          "--strategy="
              + strategy
              + " is none of "
              + Arrays.toString(WaitStrategy.values())
              + " or all");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void measure(Settings settings) throws Exception {
    Machine machine = Machine.here();
    List<String> notes = notes(machine, settings);
    TextReport text = new TextReport(System.out);
    if (!json) {
      text.head(machine, notes);
    }
    Consumer<List<Row>> listener = json ? rows -> {} : text::group;
    try (Lab lab = new Lab(settings, listener)) {
      for (Suite suite : suites()) {
        for (WaitStrategy each : strategiesOf(suite, settings)) {
          suite.run(lab, each);
        }
      }
      if (json) {
        System.out.println(JsonReport.of(machine, settings, notes, lab.rows()));
      }
    }
  }

  private static List<WaitStrategy> strategiesOf(Suite suite, Settings settings) {
    if (!settings.wants(suite.name())) {
      return List.of();
    }
    return suite.isForEachStrategy() ? settings.strategies() : List.of(settings.main());
  }

  private List<String> notes(Machine machine, Settings settings) {
    List<String> notes = new ArrayList<>();
    if (settings.strategies().contains(WaitStrategy.BUSY_SPIN)
        && machine.cores() < SPINNING_THREADS) {
      notes.add(
          "WARNING: the watch group spins with "
              + SPINNING_THREADS
              + " threads under BUSY_SPIN, but there are only "
              + machine.cores()
              + " cores; its times are those of the scheduler");
    }
    if (machine.load() > machine.cores() / 2.0) {
      notes.add("WARNING: the machine is busy with something else; times will be too long");
    }
    if (pin) {
      notes.add("all processes share one core");
    }
    if (RedisSet.executable().isEmpty()) {
      notes.add("Redis: not installed, no redis-server on the PATH");
    }
    return List.copyOf(notes);
  }
}
