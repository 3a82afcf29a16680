package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RawClient;
import io.zproc.tcp.testing.RemoteServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does by hand what {@code docs/protocol.md} says, each number as it stands there. */
@Timeout(60)
class ProtocolDocumentTest {
  @RegisterExtension
  static final RemoteServer SERVER = RemoteServer.with(Protection.SIGNED, ServerBackend.THREAD);

  private static RawClient connect(Protection protection) throws IOException {
    return RawClient.connect(SERVER.port()).handshake(protection);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] openNamespace(String name) {
    return ByteBuffer.allocate(5 + name.length())
        .put((byte) 2)
        .putInt(name.length())
        .put(text(name))
        .array();
  }

  /** A put of "v" to "k", both as MessagePack strings, that asks for the previous value. */
  private static byte[] put(int namespace) {
    return ByteBuffer.allocate(1 + 1 + 8 + 4 + 4 + 1 + 4 + 4 + 2 + 4 + 2)
        .put((byte) 3)
        .put((byte) 1)
        .putLong(0)
        .putInt(0)
        .putInt(1)
        .put((byte) 1)
        .putInt(namespace)
        .putInt(2)
        .put((byte) 0xa1)
        .put((byte) 'k')
        .putInt(2)
        .put((byte) 0xa1)
        .put((byte) 'v')
        .array();
  }

  private static int namespace(RawClient client, String name) throws IOException {
    ByteBuffer reply = client.command(1, 0, openNamespace(name)).reply(1);
    assertThat(reply.get()).isZero();
    return reply.getInt();
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "ENCRYPTED"})
  void shouldCommitAndReadWhenTheDocumentIsFollowed(Protection protection) throws IOException {
    try (RawClient client = connect(protection);
        Context context = SERVER.open()) {
      State<String, Object> state = context.state("document " + protection);
      ByteBuffer opened = client.open(1);
      assertThat(opened.get()).as("fate").isZero();
      assertThat(opened.getLong()).as("boot").isPositive();
      assertThat(opened.getLong()).as("session").isNegative();
      assertThat(opened.getLong()).as("pid").isEqualTo(SERVER.pid());
      int namespace = namespace(client, "document " + protection);
      ByteBuffer committed = client.command(2, 1, put(namespace)).reply(2);
      assertThat(committed.get()).isZero();
      assertThat(committed.getLong()).isEqualTo(state.revision());
      assertThat(committed.getLong()).as("no version before").isZero();
      assertThat(committed.getInt()).as("no value before").isEqualTo(-1);
      assertThat(state.get("k")).isEqualTo("v");
      byte[] read =
          ByteBuffer.allocate(11)
              .put((byte) 9)
              .putInt(namespace)
              .putInt(2)
              .put(text("\0k"))
              .array();
      read[9] = (byte) 0xa1;
      ByteBuffer value = client.command(3, 2, read).reply(3);
      assertThat(value.get()).isZero();
      assertThat(value.getLong()).isEqualTo(state.revision());
      assertThat(value.getInt()).isEqualTo(2);
      assertThat(value.get()).isEqualTo((byte) 0xa1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "ENCRYPTED"})
  void shouldAnswerARepeatedCommandWithoutDoingItAgainWhenTheConnectionWasLost(
      Protection protection) throws IOException {
    try (Context context = SERVER.open()) {
      State<String, Object> state = context.state("repeated " + protection);
      long boot;
      long session;
      int namespace;
      try (RawClient client = connect(protection)) {
        ByteBuffer opened = client.open(1);
        opened.get();
        boot = opened.getLong();
        session = opened.getLong();
        namespace = namespace(client, "repeated " + protection);
        client.command(2, 1, put(namespace)).reply(2);
      }
      long revision = state.revision();
      try (RawClient client = connect(protection)) {
        assertThat(client.open(1, boot, session, 2, 1).get()).as("resumed").isEqualTo((byte) 1);
        ByteBuffer first = client.reply(2);
        assertThat(first.get()).isZero();
        assertThat(first.getLong()).isEqualTo(revision);
        client.command(2, 1, put(namespace)).command(3, 2, put(namespace));
        ByteBuffer next = client.reply(3);
        assertThat(next.get()).isZero();
        assertThat(next.getLong()).isEqualTo(revision + 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "ENCRYPTED"})
  void shouldPullEventsWhenAsked(Protection protection) throws IOException {
    try (RawClient client = connect(protection);
        Context context = SERVER.open()) {
      State<String, Object> state = context.state("events " + protection);
      long revision = state.revision();
      client.open(2);
      client.send(19, fetch(5, revision, 0));
      ByteBuffer nothing = client.receive(34);
      assertThat(nothing.getLong()).as("fetch").isEqualTo(5);
      assertThat(nothing.get()).as("waiting").isEqualTo((byte) 2);
      assertThat(nothing.remaining()).isZero();
      state.put("k", "v");
      ByteBuffer events = client.receive(34);
      assertThat(events.getLong()).isEqualTo(5);
      assertThat(events.get()).as("end").isEqualTo((byte) 1);
      assertThat(events.getInt()).as("length").isEqualTo(events.remaining());
      assertThat(events.getLong()).as("revision").isEqualTo(revision + 1);
      client.send(19, fetch(6, revision + 1, 2));
      client.send(20, ByteBuffer.allocate(8).putLong(7));
      assertThat(client.receive(35).getLong()).as("nothing before the probe's answer").isEqualTo(7);
      state.put("k", "w");
      assertThat(client.receive(34).getLong()).as("fetch").isEqualTo(6);
    }
  }

  private static ByteBuffer fetch(long number, long after, int flags) {
    ByteBuffer fetch = ByteBuffer.allocate(29).putLong(number).putLong(after).putInt(0);
    return fetch.putInt(1000).putInt(-1).put((byte) flags);
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGNED", "ENCRYPTED"})
  void shouldSayThatItLivesWhenProbed(Protection protection) throws IOException {
    try (RawClient client = connect(protection)) {
      client.send(20, ByteBuffer.allocate(8).putLong(99));
      ByteBuffer alive = client.receive(35);
      assertThat(alive.getLong()).isEqualTo(99);
      assertThat(alive.getLong()).isEqualTo(SERVER.pid());
      assertThat(alive.getLong()).isPositive();
    }
  }

  @Test
  void shouldRefuseWhoHasNoKeyAndWhoIsNotKnown() throws IOException {
    try (RawClient client = RawClient.connect(SERVER.port())) {
      byte[] hello = new byte[40];
      ByteBuffer.wrap(hello).put((byte) 1).putInt(0x5A505243).putShort((short) 1);
      client.sendFrame(hello);
      assertThat(client.receiveFrame()).isEqualTo(new byte[] {3, 2, 0, 1});
    }
    try (RawClient client = RawClient.connect(SERVER.port())) {
      client.sendFrame(client.seal(17, new byte[24]));
      assertThat(Arrays.copyOf(client.receiveFrame(), 2)).isEqualTo(new byte[] {3, 1});
    }
  }
}
