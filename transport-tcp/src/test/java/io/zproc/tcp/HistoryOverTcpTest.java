package io.zproc.tcp;

import io.zproc.Context;
import io.zproc.ServerOptions;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.testing.HistoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoryOverTcpTest extends HistoryContract {
  @RegisterExtension
  static final RemoteServer SERVER =
      RemoteServer.of(ServerOptions.defaults().maxJournalBytes(LIMIT).secretKey("muchsecret"));

  @Override
  protected Context openContext() {
    return SERVER.open();
  }

  @Override
  protected Context openWriter() {
    return SERVER.openLocally();
  }
}
