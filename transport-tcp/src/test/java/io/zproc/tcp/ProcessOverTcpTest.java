package io.zproc.tcp;

import io.zproc.Context;
import io.zproc.ContextBuilder;
import io.zproc.ServerBackend;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.ProcessContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProcessOverTcpTest extends ProcessContract {
  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.with(Protection.ENCRYPTED, ServerBackend.THREAD);

  @Override
  protected Context openContext() {
    return SERVER.open();
  }

  @Override
  protected ContextBuilder builder() {
    return SERVER.protect(super.builder());
  }
}
