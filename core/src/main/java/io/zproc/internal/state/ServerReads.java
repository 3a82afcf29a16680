package io.zproc.internal.state;

import io.zproc.codec.ByteReader;
import io.zproc.codec.PlainNumbers;
import io.zproc.internal.protocol.MessageType;
import io.zproc.spi.Cell;
import io.zproc.spi.Exchange;

/** Reads what is committed: linearizable. */
final class ServerReads<K, V> implements Reads<K, V> {
  private final Namespace<K, V> namespace;
  private final Client client;
  private final Types<K, V> types;

  ServerReads(Namespace<K, V> namespace) {
    this.namespace = namespace;
    this.client = namespace.client;
    this.types = namespace.types;
  }

  @Override
  public V get(Object key, V ifAbsent) {
    KeyRef ref = namespace.keys.find(key);
    if (ref == null) {
      return ifAbsent;
    }
    Scratch scratch = Scratch.get();
    int length = ref.cell.read(scratch.value);
    return length == Cell.ABSENT
        ? ifAbsent
        : types.decode(scratch.reader, scratch.value.bytes, 0, length);
  }

  @Override
  public boolean containsKey(Object key) {
    KeyRef ref = namespace.keys.find(key);
    return ref != null && ref.cell.read(Scratch.get().value) != Cell.ABSENT;
  }

  @Override
  public boolean contains(Object key, Object value) {
    KeyRef ref = namespace.keys.find(key);
    if (ref == null) {
      return false;
    }
    Scratch scratch = Scratch.get();
    int length = ref.cell.read(scratch.value);
    return length != Cell.ABSENT
        && Immutables.areEqual(types.decode(scratch.reader, scratch.value.bytes, 0, length), value);
  }

  @Override
  public long getLong(K key, long ifAbsent) {
    KeyRef ref = namespace.keys.of(key);
    if (types.takesLongs()) {
      long value = ref.cell.readLong();
      if (value != Cell.NOT_A_LONG) {
        return value;
      }
    }
    return getLongSlowly(ref, ifAbsent);
  }

  private long getLongSlowly(KeyRef ref, long ifAbsent) {
    Scratch scratch = Scratch.get();
    int length = ref.cell.read(scratch.value);
    if (length == Cell.ABSENT) {
      return ifAbsent;
    }
    return types.takesLongs()
        ? PlainNumbers.decodeLong(scratch.value.bytes, 0, length)
        : ((Number) types.decode(scratch.reader, scratch.value.bytes, 0, length)).longValue();
  }

  @Override
  public int getBytes(K key, byte[] target) {
    KeyRef ref = namespace.keys.of(key);
    if (types.takesBytes()) {
      int length = ref.cell.readBytes(target);
      if (length >= 0) {
        return length;
      }
    }
    Scratch scratch = Scratch.get();
    int length = ref.cell.read(scratch.value);
    return length == Cell.ABSENT
        ? -1
        : Binary.copy(types, key, scratch.value.bytes, length, target);
  }

  @Override
  public int size() {
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      exchange.request().writeByte(MessageType.COUNT).writeInt(namespace.number);
      ByteReader reply = client.call(exchange);
      reply.skip(2 * Long.BYTES);
      return (int) Math.min(Integer.MAX_VALUE, reply.readLong());
    } finally {
      client.giveBack(scratch, exchange);
    }
  }

  @Override
  public View view() {
    return namespace.replica.current();
  }

  @Override
  public long revision() {
    return namespace.connection.revision();
  }

  @Override
  public void atLeast(long revision) {}

  @Override
  public Reads<K, V> of(Namespace<K, V> other) {
    return new ServerReads<>(other);
  }

  @Override
  public void close() {}
}
