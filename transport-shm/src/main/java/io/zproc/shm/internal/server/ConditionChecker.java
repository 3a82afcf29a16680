package io.zproc.shm.internal.server;

import io.zproc.ProtocolException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.ConditionKind;

/** Compares the conditions of a commit with the state. The server's thread only. */
final class ConditionChecker {
  private final StateStore store;

  ConditionChecker(StateStore store) {
    this.store = store;
  }

  /** Reads all conditions; returns the index of the first that does not hold, or −1. */
  int firstFailed(ByteReader request) {
    int count = request.readInt();
    int failed = -1;
    for (int i = 0; i < count; i++) {
      if (!holds(request) && failed < 0) {
        failed = i;
      }
    }
    return failed;
  }

  private boolean holds(ByteReader request) {
    byte kind = request.readByte();
    Namespace namespace = CommandFields.readNamespace(request, store);
    if (kind == ConditionKind.NAMESPACE_VERSION) {
      return namespace.version <= request.readLong();
    }
    int length = CommandFields.readKeyLength(request);
    int entry = store.find(namespace.id, request.array(), request.position(), length);
    request.skip(length);
    boolean present = store.entries().isPresent(entry);
    switch (kind) {
      case ConditionKind.ABSENT:
        return !present;
      case ConditionKind.PRESENT:
        return present;
      case ConditionKind.VERSION:
        long version = request.readLong();
        return present && store.entries().version(entry) == version;
      case ConditionKind.VALUE:
        int valueLength = request.readLength();
        int offset = request.position();
        request.skip(valueLength);
        return present && store.hasValue(entry, request.array(), offset, valueLength);
      default:
        throw new ProtocolException("condition of kind " + kind);
    }
  }
}
