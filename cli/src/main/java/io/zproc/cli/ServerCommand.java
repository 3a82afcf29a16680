package io.zproc.cli;

import io.zproc.Server;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.WaitStrategy;
import io.zproc.ZProc;
import io.zproc.ZProcException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zproc server}. */
@Command(
    name = "server",
    description = {
      "Runs a server in the foreground until SIGTERM or SIGINT; prints its addresses when ready.",
      "What it acknowledged is kept in its directory: the next server there goes on with it."
    })
final class ServerCommand implements Callable<Integer> {
  private static final long LOOK_EVERY_S = 1;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ADDRESS",
      arity = "0..1",
      description =
          "The address to serve, such as ipc:///dev/shm/prices. Without it, the environment"
              + " variable ZPROC_ADDRESS; without that, ipc:///dev/shm/zproc-UID-default.")
  private String address;

  @Option(
      names = {"-a", "--address"},
      paramLabel = "ADDRESS",
      description = "The same, as an option.")
  private String addressOption;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "Serves clients of other hosts too, such as at tcp://0.0.0.0:50001; may be given more"
              + " than once. Without a secret key, on loopback only.")
  private List<String> listen = List.of();

  @Option(
      names = "--secret-key-file",
      paramLabel = "FILE",
      description =
          "Holds the secret key that clients of other hosts must have. Without it, the environment"
              + " variable ZPROC_SECRET_KEY.")
  private Path secretKeyFile;

  @Option(
      names = "--encrypt",
      description =
          "Serves those clients of other hosts only who encrypt. Without it, the environment"
              + " variable ZPROC_ENCRYPT; without that, those too who only sign.")
  private boolean encrypt;

  @Option(
      names = "--insecure",
      description = "Listens beyond loopback without a secret key: whoever comes can do anything.")
  private boolean insecure;

  @Option(
      names = "--max-state-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "The most that the state may take, such as 512m; 4g without it.")
  private Long maxStateBytes;

  @Option(
      names = "--max-journal-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "The most that the journal may take, older commits are forgotten; 4g without it.")
  private Long maxJournalBytes;

  @Option(
      names = "--wait-strategy",
      paramLabel = "STRATEGY",
      description = "How to wait for commands: ${COMPLETION-CANDIDATES}.")
  private WaitStrategy waitStrategy;

  @Mixin private JsonOption json;

  @Mixin private DebugOption debug;

  @Mixin private HelpOption help;

  @Override
  public Integer call() throws InterruptedException {
    Server server = ZProc.startServer(address(), options());
    CountDownLatch asked = new CountDownLatch(1);
    Thread stop =
        new Thread(
            () -> {
              asked.countDown();
              server.close();
            },
            "zproc-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    announce(server);
    while (server.isAlive()) {
      if (asked.await(LOOK_EVERY_S, TimeUnit.SECONDS)) {
        stop.join();
        return ExitCode.OK;
      }
    }
    throw new ZProcException("the server of " + server.address() + " has stopped by itself");
  }

  private String address() {
    if (address != null && addressOption != null) {
      throw new ParameterException(spec.commandLine(), "two addresses; give one");
    }
    String given = address == null ? addressOption : address;
    return given == null ? DefaultAddress.of(System.getenv()) : given;
  }

  private ServerOptions options() {
    try {
      String secretKey = SecretKey.of(secretKeyFile, System.getenv());
      ServerOptions options =
          ServerOptions.defaults()
              .backend(ServerBackend.THREAD)
              .listen(listen)
              .secretKey(secretKey)
              .insecure(insecure);
      options = Encryption.of(encrypt, secretKey, System.getenv()) ? options.encrypt() : options;
      options = maxStateBytes == null ? options : options.maxStateBytes(maxStateBytes);
      options = maxJournalBytes == null ? options : options.maxJournalBytes(maxJournalBytes);
      return waitStrategy == null ? options : options.waitStrategy(waitStrategy);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void announce(Server server) {
    Map<String, Object> ready = new LinkedHashMap<>();
    ready.put("address", server.address());
    ready.put("pid", server.pid());
    if (server.addresses().size() > 1) {
      ready.put("addresses", server.addresses());
    }
    if (insecure && SecretKey.of(secretKeyFile, System.getenv()) == null) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("zproc: listening without a secret key: whoever reaches it can do anything");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json.isGiven() ? JsonPrinter.print(ready) : String.join("\n", server.addresses()));
  }
}
