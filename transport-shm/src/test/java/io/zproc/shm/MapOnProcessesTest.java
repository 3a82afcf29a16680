package io.zproc.shm;

import io.zproc.Context;
import io.zproc.ProcessOptions;
import io.zproc.ServerBackend;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.MapContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MapOnProcessesTest extends MapContract {
  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  /** They live for a second or two, too short to compile well. */
  private static final ProcessOptions IN_JVMS =
      ProcessOptions.defaults().jvmFlags("-XX:TieredStopAtLevel=1");

  @Override
  protected Context openContext() {
    return Context.builder().address(SERVER.address()).processDefaults(IN_JVMS).open();
  }
}
