package io.zproc.tcp.internal.wire;

import io.zproc.codec.ByteReader;

/** Opens what an {@link EncryptedSeal} has sealed. */
final class EncryptedCheck implements FrameCheck {
  private final ByteReader reader = new ByteReader();
  private final AesGcm cipher;
  private byte[] content = new byte[1024];
  private long counter;
  private byte type;
  private boolean repeated;

  EncryptedCheck(byte[] key) {
    cipher = new AesGcm(key);
  }

  @Override
  public ByteReader open(byte[] frame) {
    repeated = false;
    int length = frame.length - EncryptedSeal.HEADER_LENGTH;
    if (length <= AesGcm.TAG_LENGTH || frame[0] != FrameType.ENCRYPTED) {
      return null;
    }
    long number = reader.wrap(frame, 1, Long.BYTES).readLong();
    int opened = decrypt(number, frame, length);
    if (opened <= 0) {
      return null;
    }
    if (number != counter + 1) {
      repeated = number > 0 && number <= counter;
      return null;
    }
    counter++;
    type = reader.wrap(content, 0, opened).readByte();
    return reader;
  }

  private int decrypt(long number, byte[] frame, int length) {
    if (content.length < length) {
      content = new byte[length];
    }
    return cipher.open(
        number - 1, EncryptedSeal.NOTHING, frame, EncryptedSeal.HEADER_LENGTH, length, content);
  }

  @Override
  public byte type() {
    return type;
  }

  @Override
  public boolean isRepeated() {
    return repeated;
  }
}
