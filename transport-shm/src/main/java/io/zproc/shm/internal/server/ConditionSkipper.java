package io.zproc.shm.internal.server;

import io.zproc.ProtocolException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.ConditionKind;

/** Reads over a condition without looking at it. */
final class ConditionSkipper {
  private ConditionSkipper() {}

  static void skip(ByteReader request) {
    byte kind = request.readByte();
    request.readInt();
    if (kind != ConditionKind.NAMESPACE_VERSION) {
      request.skip(request.readLength());
    }
    switch (kind) {
      case ConditionKind.ABSENT:
      case ConditionKind.PRESENT:
        break;
      case ConditionKind.VERSION:
      case ConditionKind.NAMESPACE_VERSION:
        request.readLong();
        break;
      case ConditionKind.VALUE:
        request.skip(request.readLength());
        break;
      default:
        throw new ProtocolException("condition of kind " + kind);
    }
  }
}
