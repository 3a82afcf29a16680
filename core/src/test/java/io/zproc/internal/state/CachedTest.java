package io.zproc.internal.state;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.ZProc;
import io.zproc.testing.CachedContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class CachedTest extends CachedContract {
  private static Server server;

  @BeforeAll
  static void startServer() {
    server = ZProc.startServer("mem://CachedTest");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected Context openContext() {
    return Context.open(server.address());
  }
}
