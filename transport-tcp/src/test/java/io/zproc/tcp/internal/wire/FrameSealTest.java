package io.zproc.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.codec.ByteReader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameSealTest {
  private static final byte[] CLIENT_NONCE = new byte[Wire.NONCE_LENGTH];
  private static final byte[] GATEWAY_NONCE = new byte[Wire.NONCE_LENGTH];
  private static final SessionKeys KEYS =
      SessionKeys.derive("muchsecret", CLIENT_NONCE, GATEWAY_NONCE);

  private final FrameSeal seal = new FrameSeal(KEYS.toGateway());
  private final FrameCheck check = new FrameCheck(KEYS.toGateway());

  private byte[] frame(long content) {
    seal.begin(FrameType.PROBE).writeLong(content);
    return seal.seal();
  }

  @Test
  void shouldOpenWhatWasSealedInOrder() {
    for (long n = 1; n <= 3; n++) {
      ByteReader content = check.open(frame(n));
      assertThat(content.readLong()).isEqualTo(n);
      assertThat(content.remaining()).isZero();
    }
  }

  @Test
  void shouldRefuseAFrameWhenAnyByteOfItIsChanged() {
    byte[] frame = frame(42);
    for (int i = 0; i < frame.length; i++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] changed = frame.clone();
        changed[i] ^= (byte) (1 << bit);
        assertThat(check.open(changed)).isNull();
        assertThat(check.isRepeated()).isFalse();
      }
    }
    assertThat(check.open(frame)).isNotNull();
  }

  @Test
  void shouldRefuseAFrameWhenItIsShortenedOrLengthened() {
    byte[] frame = frame(42);
    for (int length = 0; length < frame.length; length++) {
      assertThat(check.open(Arrays.copyOf(frame, length))).isNull();
    }
    assertThat(check.open(Arrays.copyOf(frame, frame.length + 1))).isNull();
  }

  @Test
  void shouldRefuseAFrameWhenItIsRepeatedAndGoOnBehindIt() {
    byte[] first = frame(1);
    assertThat(check.open(first)).isNotNull();
    assertThat(check.open(first)).isNull();
    assertThat(check.isRepeated()).isTrue();
    assertThat(check.open(frame(2))).isNotNull();
  }

  @Test
  void shouldRefuseAFrameWhenOneBeforeItIsMissing() {
    byte[] first = frame(1);
    byte[] second = frame(2);
    assertThat(check.open(second)).isNull();
    assertThat(check.isRepeated()).isFalse();
    assertThat(check.open(first)).isNotNull();
  }

  @Test
  void shouldRefuseAFrameOfTheOtherDirectionOrOfAnotherConnection() {
    byte[] frame = frame(1);
    assertThat(new FrameCheck(KEYS.toClient()).open(frame)).isNull();
    byte[] otherNonce = new byte[Wire.NONCE_LENGTH];
    otherNonce[0] = 1;
    SessionKeys other = SessionKeys.derive("muchsecret", otherNonce, GATEWAY_NONCE);
    assertThat(new FrameCheck(other.toGateway()).open(frame)).isNull();
    SessionKeys wrong = SessionKeys.derive("Muchsecret", CLIENT_NONCE, GATEWAY_NONCE);
    assertThat(new FrameCheck(wrong.toGateway()).open(frame)).isNull();
  }
}
