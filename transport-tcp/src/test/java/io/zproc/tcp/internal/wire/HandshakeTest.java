package io.zproc.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.codec.ByteReader;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets to talk to whom, and what somebody in between can bring about. */
@Timeout(30)
class HandshakeTest {
  private static final int MODE = 7;
  private static final int WELCOME_MODE = 3;
  private static final Security CLEAR = new Security(null, false);
  private static final Security SIGNED = new Security("muchsecret", false);
  private static final Security ENCRYPTED = new Security("muchsecret", true);

  static Stream<Security> all() {
    return Stream.of(CLEAR, SIGNED, ENCRYPTED);
  }

  private static GatewayHandshake answer(Security gateway, byte[] hello) {
    return GatewayHandshake.of(gateway, new ByteReader(hello).position(1));
  }

  private static void assertTalk(Seals from, Seals to) {
    from.seal().begin(FrameType.PROBE).writeLong(7);
    assertThat(to.check().open(from.seal().seal()).readLong()).isEqualTo(7);
  }

  private static void assertConnects(Security client, Security gateway) {
    ClientHandshake handshake = new ClientHandshake(client);
    GatewayHandshake answer = answer(gateway, handshake.hello());
    Seals seals = handshake.welcomed(answer.welcome());
    assertTalk(seals, answer.seals());
    assertTalk(answer.seals(), seals);
  }

  private static int refusal(Security client, Security gateway) {
    return answer(gateway, new ClientHandshake(client).hello()).refusal();
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldConnectWhenBothSidesAreAlike(Security security) {
    assertConnects(security, security);
  }

  @Test
  void shouldEncryptForAClientThatWantsItWhenTheGatewayNeedNot() {
    assertConnects(ENCRYPTED, SIGNED);
  }

  @Test
  void shouldRefuseThoseWhoDoLessThanIsAskedFor() {
    assertThat(refusal(CLEAR, SIGNED)).isEqualTo(Refusal.NEEDS_KEY);
    assertThat(refusal(CLEAR, ENCRYPTED)).isEqualTo(Refusal.NEEDS_KEY);
    assertThat(refusal(SIGNED, ENCRYPTED)).isEqualTo(Refusal.NEEDS_ENCRYPTION);
    assertThat(refusal(SIGNED, CLEAR)).isEqualTo(Refusal.HAS_NO_KEY);
    assertThat(refusal(ENCRYPTED, CLEAR)).isEqualTo(Refusal.HAS_NO_KEY);
    assertThat(refusal(new Security("guess", true), ENCRYPTED)).isEqualTo(Refusal.WRONG_KEY);
    assertThatThrownBy(() -> new Security(null, true)).hasMessageContaining("secret key");
  }

  @Test
  void shouldNotConnectWhenTheRequestForEncryptionIsStripped() {
    ClientHandshake client = new ClientHandshake(ENCRYPTED);
    byte[] hello = Arrays.copyOf(client.hello(), 8 + Wire.NONCE_LENGTH);
    hello[MODE] = Wire.MODE_SIGNED;
    assertThat(answer(ENCRYPTED, hello).refusal()).isEqualTo(Refusal.NEEDS_ENCRYPTION);
    GatewayHandshake signed = answer(SIGNED, hello);
    assertThat(client.welcomed(signed.welcome())).isNull();
    byte[] welcome = Arrays.copyOf(signed.welcome(), 4 + NoiseHandshake.MESSAGE_LENGTH);
    welcome[WELCOME_MODE] = Wire.MODE_ENCRYPTED;
    assertThat(new ClientHandshake(ENCRYPTED).welcomed(welcome)).isNull();
  }

  @Test
  void shouldNotConnectWhenSomebodyPutsAKeyOfHisOwnInTheMiddle() {
    ClientHandshake client = new ClientHandshake(ENCRYPTED);
    byte[] hello = client.hello();
    byte[] own = X25519.generate().publicKey();
    byte[] changed = hello.clone();
    System.arraycopy(own, 0, changed, MODE + 1, own.length);
    assertThat(answer(ENCRYPTED, changed).refusal()).isEqualTo(Refusal.WRONG_KEY);
    GatewayHandshake answer = answer(ENCRYPTED, hello);
    byte[] welcome = answer.welcome().clone();
    System.arraycopy(own, 0, welcome, WELCOME_MODE + 1, own.length);
    assertThat(client.welcomed(welcome)).isNull();
  }

  @Test
  void shouldNotConnectWhenTheAnswerBelongsToAnotherHello() {
    ClientHandshake one = new ClientHandshake(ENCRYPTED);
    ClientHandshake other = new ClientHandshake(ENCRYPTED);
    assertThat(one.welcomed(answer(ENCRYPTED, other.hello()).welcome())).isNull();
  }

  static Stream<Security> withKey() {
    return Stream.of(SIGNED, ENCRYPTED);
  }

  /** Whatever is changed, the two do not end with keys that fit. */
  @ParameterizedTest
  @MethodSource("withKey")
  void shouldNotTalkWhenAnyBitOfTheHandshakeIsChanged(Security security) {
    int helloBits = Byte.SIZE * new ClientHandshake(security).hello().length;
    for (int bit = Byte.SIZE; bit < helloBits; bit++) {
      ClientHandshake client = new ClientHandshake(security);
      byte[] hello = flip(client.hello(), bit);
      GatewayHandshake answer = answer(security, hello);
      if (answer != null && answer.refusal() == 0) {
        assertStrangers(client.welcomed(answer.welcome()), answer.seals());
      }
    }
    ClientHandshake first = new ClientHandshake(security);
    int welcomeBits = Byte.SIZE * answer(security, first.hello()).welcome().length;
    for (int bit = 0; bit < welcomeBits; bit++) {
      ClientHandshake client = new ClientHandshake(security);
      GatewayHandshake answer = answer(security, client.hello());
      assertStrangers(client.welcomed(flip(answer.welcome(), bit)), answer.seals());
    }
  }

  private static byte[] flip(byte[] frame, int bit) {
    byte[] changed = frame.clone();
    changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return changed;
  }

  private static void assertStrangers(Seals client, Seals gateway) {
    if (client != null) {
      client.seal().begin(FrameType.OPEN);
      assertThat(gateway.check().open(client.seal().seal())).isNull();
    }
  }

  @Test
  void shouldRefuseAHelloThatIsCutShortOrNone() {
    byte[] hello = new ClientHandshake(ENCRYPTED).hello();
    for (int length = 8; length < hello.length; length++) {
      assertThat(answer(ENCRYPTED, Arrays.copyOf(hello, length))).isNull();
    }
    hello[1] ^= 1;
    assertThat(answer(ENCRYPTED, hello)).isNull();
    hello[1] ^= 1;
    hello[6] ^= 2;
    assertThat(answer(ENCRYPTED, hello).refusal()).isEqualTo(Refusal.VERSION);
    hello[6] ^= 2;
    hello[MODE] = 77;
    assertThat(answer(ENCRYPTED, hello)).isNull();
  }
}
