package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Context;
import io.zproc.ContextBuilder;
import io.zproc.ServerBackend;
import io.zproc.ServerDownException;
import io.zproc.State;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import io.zproc.tcp.testing.Protection;
import io.zproc.tcp.testing.RemoteServer;
import io.zproc.tcp.testing.Wiretap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody on the way sees, and what he can bring about. */
@Timeout(60)
class EncryptionTest {
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String NAMESPACE = "very private namespace";

  /** The longest one goes in several slices. */
  private static final int[] LENGTHS = {8, 16, 60, 1_000, 60_000, 200_000};

  private static RemoteServer start(Protection protection) {
    return RemoteServer.startWith(protection, ServerBackend.THREAD);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** Writes, reads and watches; returns what nobody else should see. */
  private static List<byte[]> exchange(RemoteServer server, Wiretap tap) {
    List<byte[]> secrets = new ArrayList<>();
    secrets.add(NAMESPACE.getBytes(StandardCharsets.UTF_8));
    try (Context context = server.open(tap.address(), LONG);
        Context other = server.open(tap.address(), LONG)) {
      State<String, Object> state = context.state(NAMESPACE);
      State<String, Object> seen = other.state(NAMESPACE);
      Watch<String, Object> watch = seen.watch(WatchOptions.buffered());
      for (int length : LENGTHS) {
        String key = "key of the " + length;
        byte[] value = random(length);
        state.put(key, value);
        assertThat((byte[]) seen.get(key)).isEqualTo(value);
        assertThat((byte[]) watch.next(LONG).after().get(key)).isEqualTo(value);
        secrets.add(key.getBytes(StandardCharsets.UTF_8));
        // No slice begins within the first bytes of a value.
        secrets.add(Arrays.copyOf(value, Math.min(length, 500)));
        secrets.add(Arrays.copyOfRange(value, length - 8, length));
      }
      assertThat(seen.copy()).hasSize(LENGTHS.length);
    }
    return secrets;
  }

  @ParameterizedTest
  @EnumSource
  void shouldShowNoKeyNameOrValueWhenItEncrypts(Protection protection) {
    try (RemoteServer server = start(protection);
        Wiretap tap = new Wiretap(server.port(), UnaryOperator.identity())) {
      List<byte[]> secrets = exchange(server, tap);
      assertThat(tap.recorded()).isGreaterThan(3 * 260_000);
      for (byte[] secret : secrets) {
        // That others are seen shows that these would be, too.
        assertThat(tap.hasSeen(secret)).isEqualTo(protection != Protection.ENCRYPTED);
      }
    }
  }

  @Test
  void shouldEncryptForThoseWhoWantItWhenTheServerDoesNotAskForIt() {
    try (RemoteServer server = start(Protection.SIGNED);
        Wiretap tap = new Wiretap(server.port(), UnaryOperator.identity());
        Context context = Protection.ENCRYPTED.of(Context.builder().address(tap.address())).open();
        Context signed = server.open()) {
      context.state().put("attack", "at dawn");
      assertThat(signed.state().get("attack")).isEqualTo("at dawn");
      assertThat(tap.hasSeen("at dawn".getBytes(StandardCharsets.UTF_8))).isFalse();
    }
  }

  private static void assertRefused(
      String address, Protection protection, String secretKey, String advice) {
    ContextBuilder builder = protection.of(Context.builder().address(address)).timeout(SHORT);
    assertThatThrownBy(() -> builder.secretKey(secretKey).open())
        .isInstanceOf(ZProcTimeoutException.class)
        .hasMessageContaining(address)
        .hasMessageContaining(advice);
  }

  @Test
  void shouldSayWhatToDoWhenTheClientDoesNotFit() {
    String secret = Protection.ENCRYPTED.secretKey();
    try (RemoteServer server = start(Protection.ENCRYPTED)) {
      String address = server.address();
      assertRefused(address, Protection.SIGNED, secret, "call encrypt()");
      assertRefused(address, Protection.PLAIN, null, "secret key");
      assertRefused(address, Protection.ENCRYPTED, "guess", "have the same secretKey");
      try (Context context = server.open()) {
        assertThat(Integer.parseInt(context.statistics().get("remote_frames_refused")))
            .isPositive();
      }
    }
    try (RemoteServer server = start(Protection.PLAIN)) {
      assertRefused(server.address(), Protection.ENCRYPTED, secret, "no secret key");
    }
  }

  /** Asks for signatures in the client's name, and tells it that this is encryption. */
  private static byte[] strip(byte[] frame) {
    if (frame[0] == 1) {
      byte[] hello = Arrays.copyOf(frame, 8 + 32);
      hello[7] = 1;
      return hello;
    }
    if (frame[0] == 2) {
      byte[] welcome = Arrays.copyOf(frame, 4 + 48);
      welcome[3] = 2;
      return welcome;
    }
    return frame;
  }

  /** Puts a key of his own in place of that in WELCOME. */
  private static byte[] replaceKey(byte[] frame) {
    if (frame[0] == 2) {
      System.arraycopy(random(32), 0, frame, 4, 32);
    }
    return frame;
  }

  private static void assertNothingSentWhen(UnaryOperator<byte[]> attack) {
    AtomicInteger sealed = new AtomicInteger();
    UnaryOperator<byte[]> counting =
        frame -> {
          sealed.addAndGet(frame[0] > 15 ? 1 : 0);
          return attack.apply(frame);
        };
    try (RemoteServer server = start(Protection.SIGNED);
        Wiretap tap = new Wiretap(server.port(), counting)) {
      String secret = Protection.ENCRYPTED.secretKey();
      assertRefused(tap.address(), Protection.ENCRYPTED, secret, "changes what is sent");
      assertThat(sealed).as("frames behind the handshake").hasValue(0);
    }
  }

  @Test
  void shouldSendNothingWhenSomebodyStripsTheEncryption() {
    assertNothingSentWhen(EncryptionTest::strip);
  }

  @Test
  void shouldSendNothingWhenSomebodyReplacesThePublicKey() {
    assertNothingSentWhen(EncryptionTest::replaceKey);
  }

  @Test
  void shouldAcceptNothingThatIsNotEncryptedWhenItEncrypts() {
    UnaryOperator<byte[]> attack =
        frame -> frame[0] == 64 && frame.length > 200 ? clearReply() : frame;
    try (RemoteServer server = start(Protection.ENCRYPTED);
        Wiretap tap = new Wiretap(server.port(), attack);
        Context context = server.open(tap.address(), Duration.ofSeconds(3));
        Context direct = server.open()) {
      direct.state().put("long", "v".repeat(300));
      assertThatThrownBy(() -> context.state().get("long"))
          .isInstanceOfAny(ZProcTimeoutException.class, ServerDownException.class);
      assertThat(context.state().get("none")).isNull();
    }
  }

  /** A REPLY to command 2 without any seal, such as a server without a key would send. */
  private static byte[] clearReply() {
    byte[] reply = new byte[1 + 8 + 16 + 13];
    reply[0] = 33;
    reply[8] = 3;
    reply[16] = 2;
    reply[20] = 13;
    return reply;
  }
}
