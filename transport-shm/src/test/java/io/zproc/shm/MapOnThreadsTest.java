package io.zproc.shm;

import io.zproc.Backend;
import io.zproc.Context;
import io.zproc.ProcessOptions;
import io.zproc.ServerBackend;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.MapContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MapOnThreadsTest extends MapContract {
  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.THREAD);

  @Override
  protected Context openContext() {
    return Context.builder()
        .address(SERVER.address())
        .processDefaults(ProcessOptions.defaults().backend(Backend.THREAD))
        .open();
  }
}
