package io.zproc.tcp;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.CachedStateContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class CachedStateOverTcpTest extends CachedStateContract {
  @RegisterExtension static final RemoteServer SERVER = RemoteServer.of(ServerBackend.THREAD, null);

  @Override
  protected Context openContext() {
    return SERVER.open();
  }
}
