package io.zproc.internal.state;

import io.zproc.codec.ByteReader;
import io.zproc.internal.collect.Entry;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/** The entries of a transaction: those of its view as it changed them, then those it added. */
final class TransactionEntries<K, V> extends AbstractSet<Map.Entry<K, V>> {
  private final TransactionImpl<K, V> transaction;
  private final Types<K, V> types;

  TransactionEntries(TransactionImpl<K, V> transaction, Types<K, V> types) {
    this.transaction = transaction;
    this.types = types;
  }

  @Override
  public int size() {
    return transaction.size();
  }

  @Override
  public boolean contains(Object o) {
    return o instanceof Map.Entry<?, ?> entry
        && entry.getKey() != null
        && transaction.containsKey(entry.getKey())
        && Immutables.areEqual(transaction.get(entry.getKey()), entry.getValue());
  }

  @Override
  public boolean remove(Object o) {
    if (!contains(o)) {
      return false;
    }
    transaction.remove(((Map.Entry<?, ?>) o).getKey());
    return true;
  }

  @Override
  public void clear() {
    transaction.clear();
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return new Entries();
  }

  private final class Entries implements Iterator<Map.Entry<K, V>> {
    private final Iterator<Entry> base = transaction.base().iterator();
    private final Iterator<Row<V>> additions = transaction.additions().iterator();
    private KeyRef next;
    private KeyRef last;

    @Override
    public boolean hasNext() {
      while (next == null && base.hasNext()) {
        Entry entry = base.next();
        offer(new KeyRef(entry.key, entry.hash));
      }
      while (next == null && additions.hasNext()) {
        offer(additions.next().ref);
      }
      return next != null;
    }

    private void offer(KeyRef ref) {
      next = transaction.isThere(ref) ? ref : null;
    }

    @Override
    public Map.Entry<K, V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      last = next;
      next = null;
      return new LiveEntry(last);
    }

    @Override
    public void remove() {
      if (last == null) {
        throw new IllegalStateException("remove() without next()");
      }
      transaction.row(last).remove();
      last = null;
    }
  }

  /** Reads its value from the transaction when asked, and writes it there. */
  private final class LiveEntry extends ComputedEntry<K, V> {
    private final KeyRef ref;
    private K key;

    LiveEntry(KeyRef ref) {
      this.ref = ref;
    }

    @Override
    public K getKey() {
      if (key == null) {
        key = types.keys().decode(new ByteReader(ref.bytes));
      }
      return key;
    }

    @Override
    public V getValue() {
      return transaction.row(ref).value;
    }

    @Override
    public V setValue(V value) {
      return transaction.row(ref).put(value);
    }
  }
}
