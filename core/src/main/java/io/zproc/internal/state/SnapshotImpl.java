package io.zproc.internal.state;

import io.zproc.Snapshot;
import io.zproc.ValueTooLongException;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.UnsupportedValueException;
import io.zproc.internal.collect.PersistentMap;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** An encoded map seen through the types of a state; decodes what is asked for. */
final class SnapshotImpl<K, V> extends AbstractMap<K, V> implements Snapshot<K, V> {
  private final Types<K, V> types;
  private final PersistentMap map;
  private final long revision;

  SnapshotImpl(Types<K, V> types, PersistentMap map, long revision) {
    this.types = types;
    this.map = map;
    this.revision = revision;
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public V get(Object key) {
    return types.value(entry(key));
  }

  @Override
  public V getOrDefault(Object key, V ifAbsent) {
    var entry = entry(key);
    return entry == null ? ifAbsent : types.value(entry);
  }

  @Override
  public boolean containsKey(Object key) {
    return entry(key) != null;
  }

  private io.zproc.internal.collect.Entry entry(Object key) {
    if (key == null) {
      return null;
    }
    ByteWriter out = Scratch.get().key.clear();
    try {
      types.encodeKey(key, out);
    } catch (UnsupportedValueException | ValueTooLongException | ClassCastException e) {
      return null;
    }
    int length = out.position();
    return map.get(out.array(), 0, length, PersistentMap.hash(out.array(), 0, length));
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<K, V>> {
    @Override
    public int size() {
      return map.size();
    }

    @Override
    public boolean contains(Object o) {
      if (!(o instanceof Map.Entry<?, ?> wanted)) {
        return false;
      }
      var entry = entry(wanted.getKey());
      return entry != null && Immutables.areEqual(types.value(entry), wanted.getValue());
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
      var entries = map.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public Map.Entry<K, V> next() {
          return new DecodedEntry<>(types, entries.next());
        }
      };
    }

    @Override
    public void clear() {
      throw unmodifiable();
    }
  }

  @Override
  public V put(K key, V value) {
    throw unmodifiable();
  }

  @Override
  public V remove(Object key) {
    throw unmodifiable();
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> other) {
    throw unmodifiable();
  }

  @Override
  public void clear() {
    throw unmodifiable();
  }

  @Override
  public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    throw unmodifiable();
  }

  private static UnsupportedOperationException unmodifiable() {
    return new UnsupportedOperationException(
        "a snapshot can not be changed; change the state, or copy the snapshot to a map");
  }
}
