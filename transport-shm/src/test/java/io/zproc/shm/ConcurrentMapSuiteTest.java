package io.zproc.shm;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.ConcurrentMapContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConcurrentMapSuiteTest extends ConcurrentMapContract {
  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  @Override
  protected Context openContext() {
    return SERVER.open();
  }
}
