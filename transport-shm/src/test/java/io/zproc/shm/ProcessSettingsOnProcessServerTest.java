package io.zproc.shm;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.ProcessSettingsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProcessSettingsOnProcessServerTest extends ProcessSettingsContract {
  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  @Override
  protected Context openContext() {
    return SERVER.open();
  }
}
