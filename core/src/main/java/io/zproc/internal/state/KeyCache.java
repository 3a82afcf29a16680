package io.zproc.internal.state;

import io.zproc.codec.ByteWriter;
import io.zproc.codec.UnsupportedValueException;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.spi.Connection;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns keys into {@link KeyRef}s and remembers those whose class is known to be immutable, so that
 * a key in use is encoded and looked up once. All threads read and write it; that two of them
 * encode the same key at once does no harm.
 */
final class KeyCache {
  private static final int MAX_SIZE = 1 << 20;

  private final Connection connection;
  private final int namespace;
  private final Types<?, ?> types;
  private final ConcurrentHashMap<Object, KeyRef> refs = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();

  KeyCache(Connection connection, int namespace, Types<?, ?> types) {
    this.connection = connection;
    this.namespace = namespace;
    this.types = types;
  }

  KeyRef of(Object key) {
    Objects.requireNonNull(key, "key");
    if (!Immutables.isKnown(key.getClass())) {
      return encode(key);
    }
    KeyRef known = refs.get(key);
    return known != null ? known : remember(key);
  }

  /** As {@link #of}, but null for a key that can not be there because it has no encoding. */
  KeyRef find(Object key) {
    try {
      return of(key);
    } catch (UnsupportedValueException | ClassCastException e) {
      return null;
    }
  }

  private KeyRef remember(Object key) {
    KeyRef ref = encode(key);
    if (refs.put(key, ref) == null && size.incrementAndGet() > MAX_SIZE) {
      refs.clear();
      size.set(0);
    }
    return ref;
  }

  private KeyRef encode(Object key) {
    ByteWriter out = Scratch.get().key.clear();
    types.encodeKey(key, out);
    return ofBytes(out.toByteArray());
  }

  private KeyRef ofBytes(byte[] bytes) {
    int hash = PersistentMap.hash(bytes, 0, bytes.length);
    return new KeyRef(bytes, hash, connection.cell(namespace, bytes));
  }
}
