package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RawClient;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.tcp.testing.Wiretap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that keep to the rules of the frames, and take more than their share. */
@Timeout(110)
class HostileClientsTest {
  private static final int FLOOD = 60 << 20;
  private static final long MOST_KEPT = 400L << 20;
  private static final int STRANGERS = 1100;
  private static final int COMMAND = 17;
  private static final int MORE = 18;
  private static final int LOST = 36;

  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.with(Protection.PLAIN, ServerBackend.PROCESS);

  /** Memory of its own, in bytes: the heap is, maps and journal are not. */
  private static long memoryOf(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  private static void assertServes(RemoteServer server, State<String, Object> state) {
    state.put("n", state.getLong("n", 0) + 1);
    try (Context fresh = server.open(Duration.ofSeconds(20))) {
      assertThat(fresh.ping(Duration.ofSeconds(20))).isEqualTo(server.pid());
    }
  }

  /** Without a key or a handshake: each frame is refused. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "ENCRYPTED"})
  void shouldKeepLittleWhenSomebodySendsFramesAndTakesNoAnswers(Protection protection)
      throws IOException {
    byte[] frames = new byte[7 * 10_000];
    for (int i = 0; i < frames.length; i += 7) {
      frames[i + 1] = 5;
      frames[i + 2] = 20;
    }
    try (RemoteServer server = RemoteServer.startWith(protection, ServerBackend.PROCESS);
        Context context = server.open();
        RawClient client = RawClient.connect(server.port())) {
      long before = memoryOf(server.pid());
      for (int sent = 0; sent < FLOOD; sent += frames.length) {
        client.sendRaw(frames);
      }
      long grown = memoryOf(server.pid()) - before;
      assertThat(grown).as("bytes kept for %d sent", FLOOD).isLessThan(MOST_KEPT);
      assertServes(server, context.state());
    }
  }

  @Test
  void shouldCutOffTheFirstAndServeOthersWhenManyConnectAndSayNothing() throws IOException {
    List<Socket> strangers = new ArrayList<>();
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state();
      state.put("before", true);
      for (int i = 0; i < STRANGERS; i++) {
        strangers.add(new Socket(InetAddress.getLoopbackAddress(), SERVER.port()));
      }
      assertServes(SERVER, state);
      Socket first = strangers.get(0);
      first.setSoTimeout(20_000);
      byte[] greeting = first.getInputStream().readAllBytes();
      assertThat(greeting).as("what came before the end").hasSizeLessThan(64);
      assertServes(SERVER, state);
    } finally {
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void shouldEndTheSessionWhenMoreIsSentThanMayBeUnanswered() throws IOException {
    int length = 200 << 10;
    try (Context context = SERVER.open();
        RawClient client = RawClient.connect(SERVER.port()).handshake((String) null)) {
      State<String, Object> state = context.state();
      assertThat(state.put("n", 1L)).isNotEqualTo(1);
      client.open(1);
      // Somebody else has the turn to commit, so nothing is answered meanwhile.
      state.atomicExclusive(
          tx -> {
            try {
              sendPut(client, 1, length);
              sendPut(client, 2, length);
              String sentence = text(client.receive(LOST));
              assertThat(sentence).contains("" + length, "without a reply");
            } catch (IOException e) {
              throw new AssertionError(e);
            }
            return null;
          });
      assertServes(SERVER, state);
    }
  }

  /** Sends a command of that length, a commit that stands no chance, in slices. */
  private static void sendPut(RawClient client, long sequence, int length) throws IOException {
    byte[] command = new byte[length];
    command[0] = 3;
    int slice = 64_512;
    for (int offset = 0; offset < length; offset += slice) {
      int part = Math.min(slice, length - offset);
      ByteBuffer content = ByteBuffer.allocate(24 + part).putLong(sequence).putLong(0);
      client.send(COMMAND, content.putInt(length).putInt(offset).put(command, offset, part));
    }
  }

  private static String text(ByteBuffer lost) {
    lost.getShort();
    byte[] utf8 = new byte[lost.getInt()];
    lost.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Test
  void shouldKeepAConnectionWhenItsPingSaysThatItEndsSoon() throws IOException {
    byte[] ping = "\4\7\4PING\0\1".getBytes(StandardCharsets.ISO_8859_1);
    try (RawClient client = RawClient.connect(SERVER.port()).handshake((String) null)) {
      client.sendRaw(ping);
      assertThat(client.receiveFrame()).startsWith(4, 'P', 'O', 'N', 'G');
      client.timeout(500);
      assertThatThrownBy(client::receiveFrame).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void shouldSayThatALongReplyIsHereSoThatTheGatewayForgetsIt() {
    byte[] value = new byte[300 << 10];
    Set<Integer> asked = ConcurrentHashMap.newKeySet();
    try (Wiretap tap =
            new Wiretap(
                SERVER.port(),
                frame -> {
                  if (frame[0] == MORE) {
                    asked.add(ByteBuffer.wrap(frame).getInt(17));
                  }
                  return frame;
                });
        Context context = SERVER.open(tap.address(), Duration.ofSeconds(20))) {
      State<String, Object> state = context.state("long");
      state.put("value", value);
      state.put("value", value);
      state.put("n", 1L);
      assertThat(asked).as("offsets asked for").anyMatch(offset -> offset > value.length);
    }
  }
}
