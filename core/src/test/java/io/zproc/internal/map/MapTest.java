package io.zproc.internal.map;

import io.zproc.Backend;
import io.zproc.Context;
import io.zproc.ProcessOptions;
import io.zproc.Server;
import io.zproc.ZProc;
import io.zproc.testing.MapContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MapTest extends MapContract {
  private static Server server;

  @BeforeAll
  static void startServer() {
    server = ZProc.startServer("mem://MapTest");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected Context openContext() {
    return Context.builder()
        .address(server.address())
        .processDefaults(ProcessOptions.defaults().backend(Backend.THREAD))
        .open();
  }
}
