package io.zproc.cli;

import io.zproc.Context;
import io.zproc.ContextBuilder;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that talks to a running server: its options, connecting, and printing. */
abstract class ClientCommand implements Callable<Integer> {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  @Spec CommandSpec spec;

  /** Where results and complaints go when picocli was not asked. */
  private PrintWriter out;

  private PrintWriter err;

  @Option(
      names = {"-a", "--address"},
      paramLabel = "ADDRESS",
      description =
          "Where the server is, such as ipc:///dev/shm/prices. Without it, the environment"
              + " variable ZPROC_ADDRESS; without that, ipc:///dev/shm/zproc-UID-default.")
  private String address;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The namespace to use; '${DEFAULT-VALUE}' without it.")
  private String namespace = "default";

  @Mixin private SecretOptions secret = new SecretOptions();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to wait at most, such as 500ms, 5s or 2m. 5s without it.")
  private Duration timeout;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private DebugOption debug;

  @Mixin private HelpOption help;

  /** Does the work and returns the exit code. */
  abstract int run(Context context);

  @Override
  public final Integer call() {
    checkArguments();
    try (Context context = builder().open()) {
      return run(context);
    }
  }

  private ContextBuilder builder() {
    String secretKey = secret.secretKey();
    ContextBuilder builder =
        Context.builder()
            .address(address == null ? DefaultAddress.of(System.getenv()) : address)
            .namespace(namespace)
            .secretKey(secretKey)
            .timeout(timeout());
    return secret.isEncrypted(secretKey) ? builder.encrypt() : builder;
  }

  /**
   * Takes arguments without options, for {@link PlainArguments}.
   *
   * @return false for arguments that picocli has to look at
   */
  boolean takePlain(List<String> arguments) {
    return false;
  }

  /** Sets what picocli would set. */
  final void prepare(
      String toAddress, String inNamespace, PrintWriter results, PrintWriter errors) {
    address = toAddress;
    namespace = inNamespace == null ? namespace : inNamespace;
    out = results;
    err = errors;
  }

  /** Fails with {@link #misuse} for arguments that can be seen to be wrong without a server. */
  void checkArguments() {}

  final ParameterException misuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** How long to wait for the server. */
  final Duration timeout() {
    return timeout == null ? DEFAULT_TIMEOUT : timeout;
  }

  /** What was typed, or null. */
  final Duration typedTimeout() {
    return timeout;
  }

  final boolean isJson() {
    return json.isGiven();
  }

  final PrintWriter out() {
    return spec == null ? out : spec.commandLine().getOut();
  }

  final int notFound(Context context, Object keys) {
    PrintWriter errors = spec == null ? err : spec.commandLine().getErr();
    errors.println("zproc: namespace " + context.namespace() + " has no key " + keys);
    return ExitCode.NOT_FOUND;
  }
}
