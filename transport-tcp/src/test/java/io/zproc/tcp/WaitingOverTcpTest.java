package io.zproc.tcp;

import io.zproc.Context;
import io.zproc.ContextBuilder;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.WaitingContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class WaitingOverTcpTest extends WaitingContract {
  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.of(ServerBackend.THREAD, "a secret");

  @Override
  protected Context openContext() {
    return SERVER.open();
  }

  @Override
  protected ContextBuilder builder() {
    return super.builder().secretKey(SERVER.secretKey());
  }
}
