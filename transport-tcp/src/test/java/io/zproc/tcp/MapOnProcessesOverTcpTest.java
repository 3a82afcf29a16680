package io.zproc.tcp;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.MapContract;
import io.zproc.testing.ShortLived;
import org.junit.jupiter.api.extension.RegisterExtension;

class MapOnProcessesOverTcpTest extends MapContract {
  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.of(ServerBackend.THREAD, "a secret");

  @Override
  protected Context openContext() {
    return Context.builder()
        .address(SERVER.address())
        .secretKey(SERVER.secretKey())
        .timeout(SOON)
        .processDefaults(ShortLived.PROCESSES)
        .open();
  }
}
