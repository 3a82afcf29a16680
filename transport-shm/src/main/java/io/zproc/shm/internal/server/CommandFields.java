package io.zproc.shm.internal.server;

import io.zproc.ProtocolException;
import io.zproc.ValueTooLongException;
import io.zproc.codec.ByteReader;
import io.zproc.internal.protocol.Limits;

/** Fields that several commands have, checked as they are read. */
final class CommandFields {
  private CommandFields() {}

  /** The namespace whose number comes next; that of the names themselves is the server's own. */
  static Namespace readNamespace(ByteReader request, StateStore store) {
    int id = request.readInt();
    Namespace namespace = store.namespace(id);
    if (namespace == null || id == StateStore.DIRECTORY_NAMESPACE) {
      throw new ProtocolException("no namespace has the number " + id);
    }
    return namespace;
  }

  /** The length of the key that comes next. */
  static int readKeyLength(ByteReader request) {
    int length = request.readLength();
    if (length > Limits.MAX_KEY) {
      throw new ValueTooLongException(
          "a key of " + length + " bytes; the limit is " + Limits.MAX_KEY);
    }
    return length;
  }
}
