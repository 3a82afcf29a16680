package io.zproc.tcp.internal.wire;

import io.zproc.codec.ByteWriter;

/**
 * Numbers frames and encrypts them, their types included.
 *
 * <pre>
 *   ENCRYPTED (1) | counter (8) | AES-256-GCM of: type (1), content | tag (16)
 * </pre>
 *
 * The nonce is the counter less one, so that what follows the counter is a transport message of
 * Noise.
 */
final class EncryptedSeal implements FrameSeal {
  static final int HEADER_LENGTH = 1 + Long.BYTES;
  static final byte[] NOTHING = {};

  /**
   * After so many frames of up to 64 KiB, the chance to tell AES-GCM from chance is 2⁻⁵⁷; TLS 1.3
   * stops at the same (RFC 8446, 5.5).
   */
  static final long FRAMES_PER_KEY = 1L << 24;

  /** Of seals made from now on. Only a test that can not send that many lowers it. */
  private static volatile long limit = FRAMES_PER_KEY;

  private final ByteWriter frame = new ByteWriter();
  private final AesGcm cipher;
  private final long framesPerKey;
  private long counter;

  EncryptedSeal(byte[] key) {
    this(key, limit);
  }

  EncryptedSeal(byte[] key, long framesPerKey) {
    this.cipher = new AesGcm(key);
    this.framesPerKey = framesPerKey;
  }

  static void limit(long framesPerKey) {
    limit = framesPerKey;
  }

  @Override
  public ByteWriter begin(byte type) {
    return frame.clear().writeByte(FrameType.ENCRYPTED).writeLong(++counter).writeByte(type);
  }

  @Override
  public byte[] seal() {
    int length = frame.position();
    byte[] sealed = new byte[length + AesGcm.TAG_LENGTH];
    System.arraycopy(frame.array(), 0, sealed, 0, HEADER_LENGTH);
    int content = length - HEADER_LENGTH;
    cipher.seal(counter - 1, NOTHING, frame.array(), HEADER_LENGTH, content, sealed, HEADER_LENGTH);
    return sealed;
  }

  @Override
  public boolean isSpent() {
    return counter >= framesPerKey;
  }
}
