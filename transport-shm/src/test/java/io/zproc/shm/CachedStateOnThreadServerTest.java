package io.zproc.shm;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.CachedStateContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class CachedStateOnThreadServerTest extends CachedStateContract {
  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.THREAD);

  @Override
  protected Context openContext() {
    return SERVER.open();
  }
}
