package io.zproc.tcp;

import io.zproc.Context;
import io.zproc.ProcessOptions;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.MapContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MapOnProcessesOverTcpTest extends MapContract {
  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.of(ServerBackend.THREAD, "a secret");

  /** They live for a second or two, too short to compile well. */
  private static final ProcessOptions IN_JVMS =
      ProcessOptions.defaults().jvmFlags("-XX:TieredStopAtLevel=1");

  @Override
  protected Context openContext() {
    return Context.builder()
        .address(SERVER.address())
        .secretKey(SERVER.secretKey())
        .processDefaults(IN_JVMS)
        .open();
  }
}
