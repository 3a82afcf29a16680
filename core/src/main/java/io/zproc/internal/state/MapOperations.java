package io.zproc.internal.state;

import io.zproc.codec.ByteReader;
import io.zproc.codec.PlainNumbers;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.spi.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The methods of a state that write whatever is there. */
final class MapOperations<K, V> {
  private static final int ANY = 0;

  private final Namespace<K, V> namespace;
  private final Client client;
  private final Types<K, V> types;
  private final Commits<K, V> commits;

  MapOperations(Commits<K, V> commits) {
    this.commits = commits;
    this.namespace = commits.namespace;
    this.client = namespace.client;
    this.types = namespace.types;
  }

  V put(K key, V value) {
    KeyRef ref = namespace.keys.of(key);
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      BatchEncoder batch = commits.begin(scratch, exchange, BatchEncoder.RETURN_RESULTS);
      commits.put(batch, ref, value);
      return commits.previous(scratch, commits.send(batch, exchange));
    } finally {
      client.giveBack(scratch, exchange);
    }
  }

  @SuppressWarnings("unchecked")
  void putLong(K key, long value) {
    if (!types.takesLongs()) {
      put(key, (V) (Long) value);
      return;
    }
    KeyRef ref = namespace.keys.of(key);
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      BatchEncoder batch = commits.begin(scratch, exchange, ANY);
      Commits.putLong(batch, namespace.number, ref, value);
      commits.send(batch, exchange);
    } finally {
      client.giveBack(scratch, exchange);
    }
  }

  long add(K key, long delta) {
    KeyRef ref = namespace.keys.of(key);
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      BatchEncoder batch = commits.begin(scratch, exchange, BatchEncoder.RETURN_RESULTS);
      Commits.addLong(batch, namespace.number, ref, delta);
      ByteReader sum = commits.send(batch, exchange);
      sum.readLong();
      int length = sum.readLength();
      return PlainNumbers.decodeLong(sum.array(), sum.position(), length);
    } finally {
      client.giveBack(scratch, exchange);
    }
  }

  double add(K key, double delta) {
    KeyRef ref = namespace.keys.of(key);
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      BatchEncoder batch = commits.begin(scratch, exchange, BatchEncoder.RETURN_RESULTS);
      PlainNumbers.encodeDouble(delta, batch.beginAdd(namespace.number, ref.bytes));
      ByteReader sum = commits.send(batch.endValue(), exchange);
      sum.readLong();
      int length = sum.readLength();
      return PlainNumbers.decodeDouble(sum.array(), sum.position(), length);
    } finally {
      client.giveBack(scratch, exchange);
    }
  }

  V remove(Object key) {
    KeyRef ref = namespace.keys.find(key);
    if (ref == null) {
      return null;
    }
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      return commits.previous(scratch, sendRemove(scratch, exchange, ref));
    } finally {
      client.giveBack(scratch, exchange);
    }
  }

  /** As {@link #remove}, but tells whether the key was there. */
  boolean removeKey(Object key) {
    KeyRef ref = namespace.keys.find(key);
    if (ref == null) {
      return false;
    }
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      ByteReader reply = sendRemove(scratch, exchange, ref);
      reply.readLong();
      return reply.readInt() >= 0;
    } finally {
      client.giveBack(scratch, exchange);
    }
  }

  private ByteReader sendRemove(Scratch scratch, Exchange exchange, KeyRef ref) {
    BatchEncoder batch = commits.begin(scratch, exchange, BatchEncoder.RETURN_RESULTS);
    return commits.send(batch.remove(namespace.number, ref.bytes), exchange);
  }

  void putAll(Map<? extends K, ? extends V> content) {
    write(content, false);
  }

  void set(Map<? extends K, ? extends V> content) {
    write(content, true);
  }

  /** One commit of everything; without content it is only the clearing, or nothing. */
  private void write(Map<? extends K, ? extends V> content, boolean clear) {
    List<KeyRef> keys = new ArrayList<>();
    List<V> values = new ArrayList<>();
    for (Map.Entry<? extends K, ? extends V> entry : content.entrySet()) {
      keys.add(namespace.keys.of(entry.getKey()));
      values.add(entry.getValue());
    }
    if (keys.isEmpty() && !clear) {
      return;
    }
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      BatchEncoder batch = commits.begin(scratch, exchange, ANY);
      if (clear) {
        batch.clear(namespace.number);
      }
      for (int i = 0; i < keys.size(); i++) {
        commits.put(batch, keys.get(i), values.get(i));
      }
      commits.send(batch, exchange);
    } finally {
      client.giveBack(scratch, exchange);
    }
  }
}
