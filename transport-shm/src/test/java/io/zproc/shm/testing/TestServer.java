package io.zproc.shm.testing;

import static org.awaitility.Awaitility.await;

import io.zproc.Context;
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
 * A server in a directory of its own, which tests may kill and start again. As a registered
 * extension it lasts as long as the test class.
 */
public final class TestServer implements AutoCloseable, BeforeAllCallback, AfterAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ServerOptions options;
  private final Path directory;

  /** A {@link Watchdog} may replace it. */
  private volatile Server server;

  private TestServer(ServerOptions options, Path directory) {
    this.options = options;
    this.directory = directory;
  }

  /** To be registered as an extension. */
  public static TestServer of(ServerBackend backend) {
    return of(ServerOptions.defaults().backend(backend));
  }

  /** To be registered as an extension. */
  public static TestServer of(ServerOptions options) {
    return new TestServer(options, TestDirectories.next());
  }

  public static TestServer start(ServerOptions options) {
    return start(options, TestDirectories.next());
  }

  public static TestServer start(ServerOptions options, Path directory) {
    TestServer started = new TestServer(options, directory);
    started.restart();
    return started;
  }

  /** A server process with default options. */
  public static TestServer start() {
    return start(ServerOptions.defaults());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    restart();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  public String address() {
    return "ipc://" + directory;
  }

  public Path directory() {
    return directory;
  }

  public long pid() {
    return server.pid();
  }

  public boolean isAlive() {
    return server.isAlive();
  }

  public Context open() {
    return Context.open(address());
  }

  public Context open(Duration timeout) {
    return Context.builder().address(address()).timeout(timeout).open();
  }

  /**
   * Ends the server process with SIGKILL and returns when the operating system has released its
   * lock, which is what a server that follows waits for; its parent may learn of its end much
   * later.
   */
  public void kill() {
    ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroyForcibly);
    try (LockFile locks = LockFile.open(directory.resolve("locks"))) {
      await().atMost(PATIENCE).until(() -> !locks.isHeld(Directory.SERVER_LOCK));
    }
  }

  /** Stops the server as a user would. */
  public void stop() {
    server.close();
  }

  /** Starts a server in the directory, which has none. */
  public void restart() {
    server = ZProc.startServer(address(), options);
  }

  @Override
  public void close() {
    server.close();
    TestDirectories.delete(directory);
  }
}
