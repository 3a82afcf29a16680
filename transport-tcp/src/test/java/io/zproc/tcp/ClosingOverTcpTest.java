package io.zproc.tcp;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.ClosingContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClosingOverTcpTest extends ClosingContract {
  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.of(ServerBackend.PROCESS, "a secret");

  @Override
  protected Context openContext() {
    return SERVER.open();
  }

  @Override
  protected String secretKey() {
    return SERVER.secretKey();
  }
}
