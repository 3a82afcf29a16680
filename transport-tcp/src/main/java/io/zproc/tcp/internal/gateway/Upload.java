package io.zproc.tcp.internal.gateway;

import io.zproc.ProtocolException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Limits;

/** Puts the slices of a session's commands together. The gateway's thread only. */
final class Upload {
  private ByteWriter bytes;
  private long sequence;

  /**
   * Takes a slice.
   *
   * @param length of the whole command
   * @return the command when it is whole, else null
   */
  byte[] add(long ofSequence, int length, int offset, ByteReader slice) {
    if (length < 1 || length > Limits.MAX_MESSAGE || slice.remaining() > length - offset) {
      throw new ProtocolException("a command of " + length + " bytes");
    }
    if (offset == 0 && slice.remaining() == length) {
      bytes = null;
      return slice.readBytes(length);
    }
    if (offset == 0) {
      sequence = ofSequence;
      bytes = new ByteWriter(slice.remaining() * 2);
    }
    if (bytes == null || sequence != ofSequence || offset != bytes.position()) {
      throw new ProtocolException("a slice of command " + ofSequence + " that does not fit");
    }
    bytes.writeBytes(slice.array(), slice.position(), slice.remaining());
    return bytes.position() == length ? take() : null;
  }

  private byte[] take() {
    byte[] whole = bytes.toByteArray();
    bytes = null;
    return whole;
  }

  void clear() {
    bytes = null;
  }
}
