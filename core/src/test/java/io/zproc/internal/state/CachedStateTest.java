package io.zproc.internal.state;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.ZProc;
import io.zproc.testing.CachedStateContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class CachedStateTest extends CachedStateContract {
  private static Server server;

  @BeforeAll
  static void startServer() {
    server = ZProc.startServer("mem://CachedStateTest");
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
