package io.zproc.tcp.testing;

import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.ContextBuilder;
import io.zproc.Server;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.ZProc;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.os.LockFile;
import io.zproc.testing.TestDirectories;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server in a directory of its own that listens at a port of its own, which tests may kill and
 * start again. As a registered extension it lasts as long as the test class.
 */
public final class RemoteServer implements AutoCloseable, BeforeAllCallback, AfterAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Path directory = TestDirectories.next();
  private final ServerOptions options;
  private String address = "tcp://127.0.0.1:0";
  private Server server;

  private RemoteServer(ServerOptions options) {
    this.options = options;
  }

  /** To be registered as an extension. */
  public static RemoteServer of(ServerBackend backend, String secretKey) {
    return of(ServerOptions.defaults().backend(backend).secretKey(secretKey));
  }

  /** To be registered as an extension. */
  public static RemoteServer of(ServerOptions options) {
    return new RemoteServer(options);
  }

  /** To be registered as an extension. */
  public static RemoteServer with(Protection protection, ServerBackend backend) {
    return new RemoteServer(protection.of(ServerOptions.defaults().backend(backend)));
  }

  public static RemoteServer startWith(Protection protection, ServerBackend backend) {
    RemoteServer started = with(protection, backend);
    started.restart();
    return started;
  }

  public static RemoteServer start(ServerBackend backend, String secretKey) {
    RemoteServer started = of(backend, secretKey);
    started.restart();
    return started;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    restart();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Where remote clients reach it. */
  public String address() {
    return address;
  }

  /** Its port. */
  public int port() {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** Where clients of this host reach it. */
  public String localAddress() {
    return "ipc://" + directory;
  }

  public String secretKey() {
    return options.secretKey();
  }

  public long pid() {
    return server.pid();
  }

  /** A remote client. */
  public Context open() {
    return open(Duration.ofSeconds(20));
  }

  public Context open(Duration timeout) {
    return open(address, timeout);
  }

  /** A remote client that goes by another address, such as that of a proxy. */
  public Context open(String by, Duration timeout) {
    return protect(Context.builder().address(by).timeout(timeout)).open();
  }

  /** Gives a client what it needs to be served here. */
  public ContextBuilder protect(ContextBuilder builder) {
    ContextBuilder withKey = builder.secretKey(secretKey());
    return options.encrypted() ? withKey.encrypt() : withKey;
  }

  /** A client of this host. */
  public Context openLocally() {
    return Context.open(localAddress());
  }

  /** Ends the server process with SIGKILL. */
  public void kill() {
    ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroyForcibly);
    try (LockFile locks = LockFile.open(directory.resolve("locks"))) {
      await().atMost(PATIENCE).until(() -> !locks.isHeld(Directory.SERVER_LOCK));
    }
  }

  /** Starts a server there, at the port that the first one got. */
  public void restart() {
    server = ZProc.startServer(localAddress(), options.listen(address));
    address = server.addresses().get(1);
  }

  public void stop() {
    server.close();
  }

  /** Deletes the directory; the next server gets an empty one, and the same port. */
  public void forget() {
    TestDirectories.delete(directory);
    directory = TestDirectories.next();
  }

  /** What clients of this host share with the server. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    server.close();
    TestDirectories.delete(directory);
  }
}
