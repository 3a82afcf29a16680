package io.zproc.tcp;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.StateContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class StateOverEncryptedTcpTest extends StateContract {
  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.with(Protection.ENCRYPTED, ServerBackend.THREAD);

  @Override
  protected Context openContext() {
    return SERVER.open();
  }
}
