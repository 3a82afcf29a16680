package io.zproc.tcp.internal.wire;

import io.zproc.codec.ByteWriter;

/**
 * Seals the frames of one direction of a connection: numbers them from 1 on and, with a key, makes
 * them such that a {@link FrameCheck} with the same key sees whether anybody else has changed them.
 * Not thread-safe.
 */
public interface FrameSeal {

  /** Begins a frame; the caller writes its content and then calls {@link #seal}. */
  ByteWriter begin(byte type);

  /** The frame begun last, complete. */
  byte[] seal();

  /** Whether the key has sealed so much that it must seal no more: a new connection has another. */
  boolean isSpent();
}
