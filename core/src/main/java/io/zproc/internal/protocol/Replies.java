package io.zproc.internal.protocol;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;

/** The status at the head of a reply: written by servers, checked by clients. */
public final class Replies {
  private Replies() {}

  public static ByteWriter ok(ByteWriter out) {
    return out.clear().writeByte(ReplyStatus.OK);
  }

  public static void conflict(ByteWriter out, int condition) {
    out.clear().writeByte(ReplyStatus.CONFLICT).writeInt(condition);
  }

  public static void error(ByteWriter out, int code, String message) {
    out.clear().writeByte(ReplyStatus.ERROR).writeShort(code).writeText(message);
  }

  /**
   * Reads the status.
   *
   * @return true for OK, false for a conflict
   * @throws io.zproc.ZProcException for an error, of the class that its code stands for
   */
  public static boolean check(ByteReader reply) {
    byte status = reply.readByte();
    if (status == ReplyStatus.ERROR) {
      int code = reply.readShort();
      throw ErrorCode.exception(code, reply.readText());
    }
    return status == ReplyStatus.OK;
  }
}
