package io.zproc.shm;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.ReplacedMapContract;
import org.junit.jupiter.api.AfterEach;

class ReplacedMapOnProcessesTest extends ReplacedMapContract {
  private final TestServer server =
      TestServer.start(ServerOptions.defaults().backend(ServerBackend.THREAD));

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected Context openContext() {
    return server.open();
  }

  @Override
  protected void replaceState() {
    server.stop();
    Files600.deleteRecursively(server.directory().resolve("journal"));
    server.restart();
  }
}
