package io.zproc.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.codec.ByteReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class FrameSealTest {
  private static final byte[] CLIENT_NONCE = new byte[Wire.NONCE_LENGTH];
  private static final byte[] GATEWAY_NONCE = new byte[Wire.NONCE_LENGTH];
  private static final SessionKeys KEYS =
      SessionKeys.signing("muchsecret", CLIENT_NONCE, GATEWAY_NONCE);

  /** One side's seal and the other side's check. */
  static Stream<Seals> seals() {
    byte[] key = KEYS.toGateway();
    return Stream.of(
        new Seals(new SignedSeal(key), new SignedCheck(key)),
        new Seals(new EncryptedSeal(key), new EncryptedCheck(key)));
  }

  private static byte[] frame(FrameSeal seal, long content) {
    seal.begin(FrameType.PROBE).writeLong(content);
    return seal.seal();
  }

  @ParameterizedTest
  @MethodSource("seals")
  void shouldOpenWhatWasSealedInOrder(Seals seals) {
    for (long n = 1; n <= 3; n++) {
      ByteReader content = seals.check().open(frame(seals.seal(), n));
      assertThat(seals.check().type()).isEqualTo(FrameType.PROBE);
      assertThat(content.readLong()).isEqualTo(n);
      assertThat(content.remaining()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("seals")
  void shouldRefuseAFrameWhenAnyBitOfItIsChanged(Seals seals) {
    byte[] frame = frame(seals.seal(), 42);
    for (int i = 0; i < frame.length; i++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] changed = frame.clone();
        changed[i] ^= (byte) (1 << bit);
        assertThat(seals.check().open(changed)).isNull();
        assertThat(seals.check().isRepeated()).isFalse();
      }
    }
    assertThat(seals.check().open(frame)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("seals")
  void shouldRefuseAFrameWhenItIsShortenedOrLengthened(Seals seals) {
    byte[] frame = frame(seals.seal(), 42);
    for (int length = 0; length < frame.length; length++) {
      assertThat(seals.check().open(Arrays.copyOf(frame, length))).isNull();
    }
    assertThat(seals.check().open(Arrays.copyOf(frame, frame.length + 1))).isNull();
  }

  @ParameterizedTest
  @MethodSource("seals")
  void shouldRefuseAFrameWhenItIsRepeatedAndGoOnBehindIt(Seals seals) {
    byte[] first = frame(seals.seal(), 1);
    assertThat(seals.check().open(first)).isNotNull();
    assertThat(seals.check().open(first)).isNull();
    assertThat(seals.check().isRepeated()).isTrue();
    assertThat(seals.check().open(frame(seals.seal(), 2))).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("seals")
  void shouldRefuseAFrameWhenOneBeforeItIsMissing(Seals seals) {
    byte[] first = frame(seals.seal(), 1);
    byte[] second = frame(seals.seal(), 2);
    assertThat(seals.check().open(second)).isNull();
    assertThat(seals.check().isRepeated()).isFalse();
    assertThat(seals.check().open(first)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("seals")
  void shouldRefuseWhatWasSealedWithAnotherKey(Seals seals) {
    byte[] frame = frame(seals.seal(), 1);
    byte[] otherDirection = KEYS.toClient();
    assertThat(new SignedCheck(otherDirection).open(frame)).isNull();
    assertThat(new EncryptedCheck(otherDirection).open(frame)).isNull();
    byte[] otherNonce = new byte[Wire.NONCE_LENGTH];
    otherNonce[0] = 1;
    SessionKeys other = SessionKeys.signing("muchsecret", otherNonce, GATEWAY_NONCE);
    assertThat(new SignedCheck(other.toGateway()).open(frame)).isNull();
    SessionKeys wrong = SessionKeys.signing("Muchsecret", CLIENT_NONCE, GATEWAY_NONCE);
    assertThat(new SignedCheck(wrong.toGateway()).open(frame)).isNull();
  }

  @Test
  void shouldRefuseWhatIsOnlySignedWhenItShouldBeEncrypted() {
    byte[] signed = frame(new SignedSeal(KEYS.toGateway()), 1);
    byte[] clear = frame(new SignedSeal(null), 1);
    EncryptedCheck check = new EncryptedCheck(KEYS.toGateway());
    assertThat(check.open(signed)).isNull();
    assertThat(check.open(clear)).isNull();
    clear[0] = FrameType.ENCRYPTED;
    assertThat(check.open(clear)).isNull();
  }

  @Test
  void shouldHideTypeAndContentWhenItEncrypts() {
    EncryptedSeal seal = new EncryptedSeal(KEYS.toGateway());
    String[] frames = new String[2];
    for (int i = 0; i < 2; i++) {
      seal.begin(FrameType.COMMAND).writeText("attack at dawn");
      frames[i] = new String(seal.seal(), StandardCharsets.ISO_8859_1);
      assertThat(frames[i]).doesNotContain("attack").startsWith("@");
    }
    assertThat(frames[0].substring(9)).isNotEqualTo(frames[1].substring(9));
  }

  @Test
  void shouldBeSpentWhenAKeyHasSealedAsMuchAsItMay() {
    EncryptedSeal seal = new EncryptedSeal(KEYS.toGateway(), 3);
    frame(seal, 1);
    frame(seal, 2);
    assertThat(seal.isSpent()).isFalse();
    frame(seal, 3);
    assertThat(seal.isSpent()).isTrue();
  }
}
