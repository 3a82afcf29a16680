package io.zproc.tcp.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.ZProc;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Interest;
import io.zproc.spi.Address;
import io.zproc.tcp.internal.wire.ClientHandshake;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.GatewayHandshake;
import io.zproc.tcp.internal.wire.Seals;
import io.zproc.tcp.internal.wire.Security;
import io.zproc.testing.TestDirectories;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemoteWatchersTest {
  private static final ServerOptions THREAD =
      ServerOptions.defaults().backend(ServerBackend.THREAD);

  private static Seals seals() {
    Security security = new Security(null, false);
    byte[] hello = new ClientHandshake(security).hello();
    return GatewayHandshake.of(security, new ByteReader(hello).position(1)).seals();
  }

  private static ByteReader fetch(long after) {
    return new ByteReader(
        new ByteWriter()
            .writeLong(1)
            .writeLong(after)
            .writeInt(0)
            .writeInt(1_000)
            .writeInt(Interest.EVERYTHING)
            .writeByte(0)
            .toByteArray());
  }

  @Test
  void shouldTellOfACommitThatWasPublishedWhileAWatcherWasAdded() {
    Path directory = TestDirectories.create();
    try (Server server = ZProc.startServer("ipc://" + directory, THREAD);
        Context context = Context.open(server.address());
        RouterSocket socket = new RouterSocket();
        Backend backend = new Backend(Address.parse(server.address()))) {
      RemoteWatchers watchers = new RemoteWatchers(backend);
      RemoteWatcher watcher = new RemoteWatcher(watchers, new Peer(socket, 1, seals(), 0));
      context.state().put("n", 1);
      long seen = backend.revision();
      watcher.onFrame(FrameType.FETCH, fetch(seen));
      assertThat(watchers.serve()).isZero();
      watchers.remove(watcher);
      context.state().put("n", 2);
      watchers.add(watcher, seen);
      assertThat(watchers.isPublishedBehind(watchers.lookedAt())).isTrue();
      assertThat(watchers.serve()).isEqualTo(1);
      watchers.close();
    } finally {
      TestDirectories.delete(directory);
    }
  }
}
