package io.zproc.tcp.internal.wire;

import io.zproc.codec.ByteReader;

/**
 * Opens what a {@link FrameSeal} has sealed. A frame that was forged, changed, shortened, repeated
 * or overtaken by another is refused, and nothing behind its counter is looked at. Behind a frame
 * that is missing all are refused: then the connection has to be made anew. Not thread-safe.
 */
public interface FrameCheck {

  /**
   * @return the content, valid until the next call; null for a frame that is refused
   */
  ByteReader open(byte[] frame);

  /** Of the frame opened last, see {@link FrameType}. */
  byte type();

  /** Whether the frame refused last was nothing worse than one that had come before. */
  boolean isRepeated();
}
