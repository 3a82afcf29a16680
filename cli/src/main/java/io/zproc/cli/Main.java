package io.zproc.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The {@code zproc} command. */
public final class Main {
  /** Made when picocli is needed. */
  private static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand::new);
    commands.put("server", ServerCommand::new);
    commands.put("get", GetCommand::new);
    commands.put("put", PutCommand::new);
    commands.put("rm", RemoveCommand::new);
    commands.put("ls", ListCommand::new);
    commands.put("watch", WatchCommand::new);
    commands.put("ping", PingCommand::new);
    commands.put("stat", StatisticsCommand::new);
    commands.put("ps", ProcessesCommand::new);
    commands.put("worker", WorkerCommand::new);
    commands.put("run", RunCommand::new);
    return commands;
  }

  private Main() {}

  public static void main(String[] args) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    System.exit(run(Arguments.asTyped(args), out, err));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /**
   * Runs a command in this process.
   *
   * @param args the subcommand and its arguments
   * @param out takes results
   * @param err takes complaints
   * @return the exit code
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    PrintWriter results = new PrintWriter(out, true, StandardCharsets.UTF_8);
    PrintWriter complaints = new PrintWriter(err, true, StandardCharsets.UTF_8);
    try {
      ClientCommand plain = PlainArguments.parse(args, results, complaints);
      return plain == null ? runAny(args, results, complaints) : runPlain(plain, complaints);
    } catch (Error e) {
      return Failures.report(e, complaints, DebugOption.isIn(args));
    }
  }

  private static int runPlain(ClientCommand command, PrintWriter err) {
    try {
      return command.call();
    } catch (RuntimeException e) {
      err.println("zproc: " + Failures.sentence(e));
      return Failures.exitCode(e);
    }
  }

  private static int runAny(String[] args, PrintWriter out, PrintWriter err) {
    return commandLine(args)
        .setOut(out)
        .setErr(err)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Integer.TYPE, whole(Integer::valueOf))
        .registerConverter(Long.class, whole(Long::valueOf))
        .setParameterExceptionHandler(Main::misused)
        .setExecutionExceptionHandler(Failures::report)
        .execute(args);
  }

  /** Only the subcommand that is asked for: to look at all of them takes as long as to run one. */
  private static CommandLine commandLine(String[] args) {
    CommandLine root = new CommandLine(new RootCommand());
    Supplier<Object> asked = args.length == 0 ? null : commands().get(args[0]);
    if (asked != null) {
      root.addSubcommand(args[0], asked.get());
    } else {
      commands().forEach((name, command) -> root.addSubcommand(name, command.get()));
    }
    CommandLine run = root.getSubcommands().get("run");
    if (run != null) {
      run.setStopAtPositional(true); // options behind the class are the program's
    }
    return root;
  }

  private static <N> ITypeConverter<N> whole(Function<String, N> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is no whole number, or too large a one");
      }
    };
  }

  private static int misused(ParameterException e, String[] args) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    PrintWriter err = e.getCommandLine().getErr();
    boolean unknown = command.root() == command && args.length > 0 && !args[0].startsWith("-");
    err.println("zproc: " + (unknown ? "no such command: " + args[0] : Failures.sentence(e)));
    err.println("Try '" + command.qualifiedName() + " --help'.");
    if (DebugOption.isIn(args)) {
      e.printStackTrace(err);
    }
    return ExitCode.USAGE;
  }
}
