package io.zproc.shm.internal.server;

import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.WaitStrategy;
import io.zproc.internal.jvm.Opens;
import io.zproc.internal.jvm.StandardInput;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.spi.Address;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The main class of a server process; see {@link ServerProcess} for what it says to its parent. */
public final class ServerMain {
  /** Begins the line with its addresses. */
  static final String READY = "ready ";

  static final String SEPARATOR = "\t";

  /** The first argument that is an address to listen at. */
  private static final int LISTEN = 7;

  private ServerMain() {}

  /** All but the secret key, since everybody on the host can read the arguments of a process. */
  static String[] arguments(Directory directory, ServerOptions options) {
    Stream<String> fixed =
        Stream.of(
            directory.toString(),
            options.waitStrategy().name(),
            Long.toString(options.maxStateBytes()),
            Long.toString(options.maxJournalBytes()),
            Boolean.toString(options.detached()),
            Boolean.toString(options.insecure()),
            Boolean.toString(options.encrypted()));
    return Stream.concat(fixed, options.listen().stream()).toArray(String[]::new);
  }

  private static ServerOptions options(String[] arguments, InputStream input) throws IOException {
    ServerOptions options =
        ServerOptions.defaults()
            .backend(ServerBackend.THREAD)
            .waitStrategy(WaitStrategy.valueOf(arguments[1]))
            .maxStateBytes(Long.parseLong(arguments[2]))
            .maxJournalBytes(Long.parseLong(arguments[3]))
            .detached(Boolean.parseBoolean(arguments[4]))
            .insecure(Boolean.parseBoolean(arguments[5]))
            .listen(Arrays.asList(arguments).subList(LISTEN, arguments.length))
            .secretKey(readSecretKey(input));
    return Boolean.parseBoolean(arguments[6]) ? options.encrypt() : options;
  }

  /** Writes what {@link #readSecretKey} reads: its length in bytes (4), 0 for none, and itself. */
  static void writeSecretKey(OutputStream input, String secretKey) throws IOException {
    byte[] utf8 = secretKey == null ? new byte[0] : secretKey.getBytes(StandardCharsets.UTF_8);
    DataOutputStream out = new DataOutputStream(input);
    out.writeInt(utf8.length);
    out.write(utf8);
    out.flush();
  }

  private static String readSecretKey(InputStream input) throws IOException {
    DataInputStream in = new DataInputStream(input);
    byte[] utf8 = in.readNBytes(in.readInt());
    return utf8.length == 0 ? null : new String(utf8, StandardCharsets.UTF_8);
  }

  public static void main(String[] arguments) throws Exception {
    ServerThread server;
    StandardInput input = new StandardInput();
    ServerOptions options = options(arguments, input.stream());
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
      input.whenEnded(() -> System.exit(0));
    }
    say(READY + String.join(SEPARATOR, server.addresses()));
    server.join();
  }

  private static void say(String line) throws IOException {
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
