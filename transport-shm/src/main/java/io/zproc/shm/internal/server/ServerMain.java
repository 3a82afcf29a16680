package io.zproc.shm.internal.server;

import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.WaitStrategy;
import io.zproc.internal.jvm.Opens;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.spi.Address;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The main class of a server process; see {@link ServerProcess} for what it says to its parent. */
public final class ServerMain {
  static final String READY = "ready";

  private ServerMain() {}

  static String[] arguments(Directory directory, ServerOptions options) {
    return new String[] {
      directory.toString(),
      options.waitStrategy().name(),
      Long.toString(options.maxStateBytes()),
      Long.toString(options.maxJournalBytes()),
      Boolean.toString(options.detached())
    };
  }

  private static ServerOptions options(String[] arguments) {
    return ServerOptions.defaults()
        .backend(ServerBackend.THREAD)
        .waitStrategy(WaitStrategy.valueOf(arguments[1]))
        .maxStateBytes(Long.parseLong(arguments[2]))
        .maxJournalBytes(Long.parseLong(arguments[3]))
        .detached(Boolean.parseBoolean(arguments[4]));
  }

  public static void main(String[] arguments) throws Exception {
    ServerThread server;
    ServerOptions options = options(arguments);
    try {
      Opens.open();
      Directory directory = new Directory(Path.of(arguments[0]));
      Address address = new Address("ipc", directory.toString());
      server = ServerThread.start(address, directory, options);
    } catch (RuntimeException | LinkageError e) {
      say(e.getMessage() == null ? e.toString() : e.getMessage().replace('\n', ' '));
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "zproc-stop"));
    if (!options.detached()) {
      endWithParent();
    }
    say(READY);
    server.join();
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
              System.exit(0);
            },
            "zproc-parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static void say(String line) throws IOException {
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
