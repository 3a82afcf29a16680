package io.zproc.tcp;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.ConcurrentMapContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConcurrentMapSuiteTest extends ConcurrentMapContract {
  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.of(ServerBackend.PROCESS, "a secret");

  @Override
  protected Context openContext() {
    return SERVER.open();
  }
}
