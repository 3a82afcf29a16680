package io.zproc.cli;

import io.zproc.ProcessOptions;
import io.zproc.SignalException;
import io.zproc.Signals;
import io.zproc.WaitStrategy;
import io.zproc.codec.PlainCodec;
import io.zproc.internal.map.WorkerNode;
import io.zproc.internal.process.ConnectionSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zproc worker}. */
@Command(
    name = "worker",
    description = {
      "Offers this host's processors to the maps of a server, until SIGTERM or SIGINT; prints its"
          + " name when ready.",
      "Functions and items are Java objects that others send: only classes that you list with"
          + " --allow are taken, plain data aside. They have to be on the class path"
          + " ZPROC_CLASSPATH. Who has the secret key can run their code here; over tcp nothing is"
          + " taken without one."
    })
final class WorkerCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** As many as a server has places for sessions. */
  private static final int MOST_WORKERS = 1024;

  /** So that an operator sees what is refused. */
  private static final String WARNINGS = "-Dorg.slf4j.simpleLogger.log.io.zproc.internal.map=warn";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ADDRESS",
      arity = "0..1",
      description =
          "The server, such as tcp://bakery.example:50001. Without it, the environment variable"
              + " ZPROC_ADDRESS; without that, ipc:///dev/shm/zproc-UID-default.")
  private String address;

  @Option(
      names = "--allow",
      paramLabel = "PATTERN",
      required = true,
      description =
          "Takes classes of this name, as com.acme.Job, or names, as com.acme.jobs.* (a package),"
              + " com.acme.** (those below it, too); may be given more than once.")
  private List<String> allowed = List.of();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many workers, each a process; as many as processors without it.")
  private int count = Runtime.getRuntime().availableProcessors();

  @Mixin private SecretOptions secret;

  @Option(
      names = "--jvm-flag",
      paramLabel = "FLAG",
      description = "A flag of the workers' JVMs, such as -Xmx1g; may be given more than once.")
  private List<String> jvmFlags = List.of();

  @Mixin private JsonOption json;

  @Mixin private DebugOption debug;

  @Mixin private HelpOption help;

  @Override
  public Integer call() {
    checkArguments();
    String server = address == null ? DefaultAddress.of(System.getenv()) : address;
    try (WorkerNode node = open(server)) {
      Signals.toException(Signals.SIGTERM);
      Signals.toException(Signals.SIGINT);
      announce(node, server);
      node.awaitClose();
    } catch (SignalException e) {
      // As asked for.
    }
    return ExitCode.OK;
  }

  private void checkArguments() {
    if (count < 1 || count > MOST_WORKERS) {
      throw misuse("--count=" + count + " is not between 1 and " + MOST_WORKERS);
    }
    // Behind one that begins so may be its value, as in --add-opens PACKAGE=MODULE.
    if (jvmFlags.contains("") || !jvmFlags.isEmpty() && !jvmFlags.get(0).startsWith("-")) {
      throw misuse("--jvm-flag=" + jvmFlags.get(0) + " is none: flags begin with -, as in -Xmx1g");
    }
  }

  private ParameterException misuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private WorkerNode open(String server) {
    List<String> flags = new ArrayList<>(List.of(WARNINGS));
    flags.addAll(jvmFlags);
    ProcessOptions options = ProcessOptions.defaults().jvmFlags(flags.toArray(String[]::new));
    String secretKey = secret.secretKey();
    ConnectionSettings settings =
        new ConnectionSettings(
            server,
            "default",
            secretKey,
            secret.isEncrypted(secretKey),
            TIMEOUT,
            WaitStrategy.BLOCKING,
            PlainCodec.standard());
    try {
      return WorkerNode.open(settings, options, count, allowed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void announce(WorkerNode node, String server) {
    if (allowed.contains("**")) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("zproc: any class is taken: whoever has the secret key can run any code here");
    }
    Map<String, Object> ready = new LinkedHashMap<>();
    ready.put("name", node.name());
    ready.put("address", server);
    ready.put("workers", count);
    String text = node.name() + ": " + count + (count == 1 ? " worker" : " workers");
    spec.commandLine()
        .getOut()
        .println(json.isGiven() ? JsonPrinter.print(ready) : text + " for " + server);
  }
}
