package io.zproc.shm;

import io.zproc.Context;
import io.zproc.ServerOptions;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.HistoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoryOnProcessServerTest extends HistoryContract {
  @RegisterExtension
  static final TestServer SERVER = TestServer.of(ServerOptions.defaults().maxJournalBytes(LIMIT));

  @Override
  protected Context openContext() {
    return SERVER.open();
  }

  @Override
  protected Context openWriter() {
    return SERVER.open();
  }
}
