package io.zproc.shm;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.MapContract;
import io.zproc.testing.ShortLived;
import org.junit.jupiter.api.extension.RegisterExtension;

class MapOnProcessesTest extends MapContract {
  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  @Override
  protected Context openContext() {
    return Context.builder()
        .address(SERVER.address())
        .timeout(SOON)
        .processDefaults(ShortLived.PROCESSES)
        .open();
  }
}
