package io.zproc.tcp;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.ProcessSettingsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProcessSettingsOverTcpTest extends ProcessSettingsContract {
  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.of(ServerBackend.THREAD, "a secret");

  @Override
  protected Context openContext() {
    return SERVER.open();
  }

  @Override
  protected String secretKey() {
    return SERVER.secretKey();
  }
}
