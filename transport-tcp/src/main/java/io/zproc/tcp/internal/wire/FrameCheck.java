package io.zproc.tcp.internal.wire;

import io.zproc.codec.ByteReader;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * Opens what a {@link FrameSeal} has sealed. A frame that was forged, changed, shortened, repeated
 * or overtaken by another is refused, and nothing behind its counter is looked at. Behind a frame
 * that is missing all are refused: then the connection has to be made anew. Not thread-safe.
 */
public final class FrameCheck {
  private final ByteReader reader = new ByteReader();
  private final Mac mac;
  private long counter;
  private boolean repeated;

  /**
   * @param key null if frames are not signed
   */
  public FrameCheck(byte[] key) {
    mac = key == null ? null : HmacSha256.of(key);
  }

  /**
   * @return the content, valid until the next call; null for a frame that is refused
   */
  public ByteReader open(byte[] frame) {
    int signature = mac == null ? 0 : FrameSeal.SIGNATURE_LENGTH;
    int end = frame.length - signature;
    repeated = false;
    if (end < FrameSeal.HEADER_LENGTH || !isSigned(frame, end)) {
      return null;
    }
    reader.wrap(frame, 1, end - 1);
    long number = reader.readLong();
    if (number != counter + 1) {
      repeated = number > 0 && number <= counter;
      return null;
    }
    counter++;
    return reader;
  }

  /** Whether the frame refused last was nothing worse than one that had come before. */
  public boolean isRepeated() {
    return repeated;
  }

  private boolean isSigned(byte[] frame, int end) {
    if (mac == null) {
      return true;
    }
    mac.update(frame, 0, end);
    byte[] expected = Arrays.copyOf(mac.doFinal(), FrameSeal.SIGNATURE_LENGTH);
    // Takes as long whatever differs, so that a forger learns nothing from it.
    return MessageDigest.isEqual(expected, Arrays.copyOfRange(frame, end, frame.length));
  }
}
