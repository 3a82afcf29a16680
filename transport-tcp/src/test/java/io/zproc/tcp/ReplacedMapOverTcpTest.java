package io.zproc.tcp;

import io.zproc.Backend;
import io.zproc.Context;
import io.zproc.ProcessOptions;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.ReplacedMapContract;
import org.junit.jupiter.api.AfterEach;

class ReplacedMapOverTcpTest extends ReplacedMapContract {
  private final RemoteServer server =
      RemoteServer.startWith(Protection.SIGNED, ServerBackend.THREAD);

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected Context openContext() {
    return server
        .protect(Context.builder().address(server.address()))
        .processDefaults(ProcessOptions.defaults().backend(Backend.THREAD))
        .open();
  }

  @Override
  protected void replaceState() {
    server.stop();
    server.forget();
    server.restart();
  }
}
