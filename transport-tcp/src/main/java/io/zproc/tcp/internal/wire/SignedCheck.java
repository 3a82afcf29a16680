package io.zproc.tcp.internal.wire;

import io.zproc.codec.ByteReader;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/** Opens what a {@link SignedSeal} has sealed. */
final class SignedCheck implements FrameCheck {
  private final ByteReader reader = new ByteReader();
  private final Mac mac;
  private long counter;
  private byte type;
  private boolean repeated;

  /**
   * @param key null if frames are not signed
   */
  SignedCheck(byte[] key) {
    mac = key == null ? null : HmacSha256.of(key);
  }

  @Override
  public ByteReader open(byte[] frame) {
    int signature = mac == null ? 0 : SignedSeal.SIGNATURE_LENGTH;
    int end = frame.length - signature;
    repeated = false;
    if (end < SignedSeal.HEADER_LENGTH || !isSigned(frame, end)) {
      return null;
    }
    reader.wrap(frame, 1, end - 1);
    long number = reader.readLong();
    if (number != counter + 1) {
      repeated = number > 0 && number <= counter;
      return null;
    }
    counter++;
    type = frame[0];
    return reader;
  }

  @Override
  public byte type() {
    return type;
  }

  @Override
  public boolean isRepeated() {
    return repeated;
  }

  private boolean isSigned(byte[] frame, int end) {
    if (mac == null) {
      return true;
    }
    mac.update(frame, 0, end);
    byte[] expected = Arrays.copyOf(mac.doFinal(), SignedSeal.SIGNATURE_LENGTH);
    // Takes as long whatever differs, so that a forger learns nothing from it.
    return MessageDigest.isEqual(expected, Arrays.copyOfRange(frame, end, frame.length));
  }
}
