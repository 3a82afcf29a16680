package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RawClient;
import io.zproc.tcp.testing.RemoteServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come to its port, a gateway goes on serving the others. */
@Timeout(110)
class BadInputTest {
  /** Those that the tests have needed so far. Each has to bear all that comes to it. */
  private static final Map<Protection, RemoteServer> SERVERS = new EnumMap<>(Protection.class);

  private static RemoteServer serverWith(Protection protection) {
    return SERVERS.computeIfAbsent(
        protection, each -> RemoteServer.startWith(each, ServerBackend.PROCESS));
  }

  @AfterAll
  static void close() {
    SERVERS.values().forEach(RemoteServer::close);
    SERVERS.clear();
  }

  private static void assertServes(RemoteServer server, State<String, Object> state) {
    state.put("n", state.getLong("n", 0) + 1);
    try (Context fresh = server.open(Duration.ofSeconds(20))) {
      assertThat(fresh.ping(Duration.ofSeconds(20))).isEqualTo(server.pid());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "ENCRYPTED"})
  void shouldGoOnWhenRandomBytesComeInsteadOfZmtp(Protection protection) throws IOException {
    Random random = seeded();
    RemoteServer server = serverWith(protection);
    try (Context context = server.open()) {
      for (int i = 0; i < 300; i++) {
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
          if (i % 2 == 0) {
            bytes[0] = (byte) 0xff;
          }
          socket.getOutputStream().write(bytes);
        } catch (IOException e) {
          continue;
        }
      }
      assertServes(server, context.state());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MIN_VALUE + Integer.MAX_VALUE, Long.MAX_VALUE})
  void shouldGoOnWhenAFrameClaimsALengthThatCanNotBe(long length) throws IOException {
    byte[] header = ByteBuffer.allocate(9).put((byte) 2).putLong(length).array();
    RemoteServer server = serverWith(Protection.PLAIN);
    try (Context context = server.open()) {
      for (int i = 0; i < 20; i++) {
        try (RawClient client = RawClient.connect(server.port())) {
          client.sendRaw(header);
          client.sendRaw(new byte[100]);
        } catch (IOException e) {
          continue;
        }
      }
      assertServes(server, context.state());
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnWhenFramesAreRandomBytes(Protection protection) throws IOException {
    Random random = seeded();
    RemoteServer server = serverWith(protection);
    try (Context context = server.open()) {
      for (int i = 0; i < 100; i++) {
        try (RawClient client = RawClient.connect(server.port())) {
          if (i % 2 == 0) {
            client.handshake(protection);
          }
          for (int n = 0; n < 10; n++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && n % 2 == 0) {
              bytes[0] = (byte) random.nextInt(40);
            }
            client.sendFrame(bytes);
          }
          client.sendRaw(new byte[] {(byte) random.nextInt(256), (byte) random.nextInt(256)});
        } catch (IOException e) {
          continue;
        }
      }
      assertServes(server, context.state());
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnWhenAnyByteOfARealFrameIsChanged(Protection protection) throws IOException {
    Random random = seeded();
    RemoteServer server = serverWith(protection);
    try (Context context = server.open()) {
      for (Map.Entry<Integer, byte[]> frame : frames().entrySet()) {
        for (int i = 0; i < 26 + frame.getValue().length; i++) {
          send(
              server.port(),
              protection,
              frame.getKey(),
              frame.getValue(),
              i,
              (byte) (1 + random.nextInt(255)));
        }
      }
      assertServes(server, context.state());
    }
  }

  /** Each kind of frame that a client sends, with its content. */
  private static Map<Integer, byte[]> frames() {
    byte[] commit = {
      3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 1, 0, 0, 0, 0
    };
    Map<Integer, byte[]> frames = new LinkedHashMap<>();
    frames.put(16, ByteBuffer.allocate(33).put((byte) 1).array());
    frames.put(
        17,
        ByteBuffer.allocate(24 + commit.length)
            .putLong(1)
            .putLong(0)
            .putInt(commit.length)
            .putInt(0)
            .put(commit)
            .array());
    frames.put(18, ByteBuffer.allocate(12).putLong(1).putInt(0).array());
    frames.put(19, ByteBuffer.allocate(29).putLong(1).putLong(0).putInt(0).putInt(99).array());
    frames.put(20, new byte[8]);
    frames.put(21, new byte[0]);
    return frames;
  }

  private static void send(
      int port, Protection protection, int type, byte[] content, int index, byte change)
      throws IOException {
    try (RawClient client = RawClient.connect(port).handshake(protection)) {
      if (type != 16) {
        client.open(type == 19 ? 2 : 1);
      }
      byte[] frame = client.seal(type, content);
      frame[Math.min(index, frame.length - 1)] ^= change;
      client.sendFrame(frame);
      client.sendFrame(Arrays.copyOf(frame, frame.length / 2));
    }
  }

  private static Random seeded() {
    long seed = System.nanoTime();
    System.err.println("BadInputTest: seed " + seed);
    return new Random(seed);
  }
}
