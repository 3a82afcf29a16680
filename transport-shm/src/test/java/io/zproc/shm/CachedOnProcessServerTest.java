package io.zproc.shm;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.CachedContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class CachedOnProcessServerTest extends CachedContract {
  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  @Override
  protected Context openContext() {
    return SERVER.open();
  }
}
