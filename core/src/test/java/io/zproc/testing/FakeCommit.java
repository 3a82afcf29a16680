package io.zproc.testing;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.MalformedValueException;
import io.zproc.codec.PlainNumbers;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.ConditionKind;
import io.zproc.internal.protocol.ErrorCode;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import io.zproc.internal.protocol.Replies;
import io.zproc.internal.protocol.WriteKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Applies one commit, all or nothing. Runs under the server's lock. */
final class FakeCommit {
  private record Saved(Map<ByteBuffer, FakeNamespace.Stored> content, long version) {}

  private final FakeServer server;
  private final FakeExchange exchange;
  private final ByteReader request;
  private final ByteWriter reply;
  private final Map<FakeNamespace, Saved> saved = new HashMap<>();
  private final long revision;
  private ByteWriter event;
  private int changes;
  private int mask;

  FakeCommit(FakeServer server, FakeExchange exchange, ByteReader request, ByteWriter reply) {
    this.server = server;
    this.exchange = exchange;
    this.request = request;
    this.reply = reply;
    this.revision = server.nextRevision();
  }

  void run() {
    int flags = request.readByte();
    long origin = request.readLong();
    if ((flags & BatchEncoder.GIVE_TURN) != 0 && !server.hasTurn(exchange)) {
      Replies.error(reply, ErrorCode.TURN_LOST, "the turn has ended");
      return;
    }
    if ((flags & BatchEncoder.GIVE_TURN) != 0) {
      server.giveTurn(exchange);
    }
    int conditions = request.readInt();
    int failed = -1;
    for (int i = 0; i < conditions; i++) {
      failed = !holds() && failed < 0 ? i : failed;
    }
    if (failed >= 0) {
      Replies.conflict(reply, failed);
      return;
    }
    write(origin, (flags & BatchEncoder.RETURN_RESULTS) != 0);
  }

  private boolean holds() {
    byte kind = request.readByte();
    FakeNamespace namespace = server.namespace(request.readInt());
    if (kind == ConditionKind.NAMESPACE_VERSION) {
      return namespace.version() <= request.readLong();
    }
    byte[] key = request.readBlob();
    switch (kind) {
      case ConditionKind.ABSENT:
        return namespace.version(key) == 0;
      case ConditionKind.PRESENT:
        return namespace.version(key) != 0;
      case ConditionKind.VERSION:
        return namespace.version(key) == request.readLong();
      default:
        return Arrays.equals(namespace.value(key), request.readBlob());
    }
  }

  private void write(long origin, boolean results) {
    event = server.beginEvent(exchange.session, origin);
    reply.writeLong(revision);
    try {
      for (int i = request.readInt(); i > 0; i--) {
        writeOne(results);
      }
      server.publish(event, changes, mask);
    } catch (MalformedValueException | ArithmeticException e) {
      saved.forEach((namespace, old) -> namespace.restore(old.content, old.version));
      Replies.error(reply, ErrorCode.NOT_A_NUMBER, e.getMessage());
    }
  }

  private void writeOne(boolean results) {
    byte kind = request.readByte();
    int number = request.readInt();
    FakeNamespace namespace = server.namespace(number);
    saved.computeIfAbsent(namespace, n -> new Saved(n.copy(), n.version()));
    if (kind == WriteKind.CLEAR) {
      clear(number, namespace, results);
      return;
    }
    byte[] key = request.readBlob();
    long oldVersion = namespace.version(key);
    byte[] old = namespace.value(key);
    byte[] value = kind == WriteKind.REMOVE ? null : value(kind, old);
    if (value != null || old != null) {
      change(number, namespace, key, oldVersion, value);
    }
    if (results) {
      byte[] result = kind == WriteKind.ADD ? value : old;
      reply.writeLong(oldVersion).writeInt(result == null ? -1 : result.length);
      reply.writeBytes(result == null ? new byte[0] : result);
    }
  }

  private byte[] value(byte kind, byte[] old) {
    byte[] given = request.readBlob();
    if (kind == WriteKind.PUT) {
      return given;
    }
    ByteWriter sum = new ByteWriter();
    int oldLength = old == null ? -1 : old.length;
    PlainNumbers.add(old, 0, oldLength, given, 0, given.length, sum);
    return sum.toByteArray();
  }

  private void change(
      int number, FakeNamespace namespace, byte[] key, long oldVersion, byte[] value) {
    namespace.set(key, value, revision);
    if (value == null) {
      Event.remove(event, number, oldVersion, key);
    } else {
      Event.put(event, number, oldVersion, key, value, 0, value.length);
    }
    changes++;
    mask |= Interest.ofChange(number, PersistentMap.hash(key, 0, key.length));
  }

  private void clear(int number, FakeNamespace namespace, boolean results) {
    Event.clear(event, number, namespace.count());
    namespace.clear(revision);
    changes++;
    mask |= Interest.ofClear(number);
    if (results) {
      reply.writeLong(0).writeInt(-1);
    }
  }
}
