package io.zproc.internal.state;

import io.zproc.ClosedException;
import io.zproc.Transaction;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.spi.ValueBuffer;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/*
 * An optimistic transaction with an opaque view: everything it reads belongs to one revision, also
 * when it will have to run again, so that the function never sees a state that did not exist.
 *
 * The view is a revision, as the read version of TL2 (D. Dice, O. Shalev, N. Shavit, "Transactional
 * Locking II", DISC 2006). A key is read when it is first asked for. A version at or before the
 * view means that the value is that of the view, since it is still the newest one. A later version
 * moves the view forward, as the snapshot extension of LSA does (T. Riegel, P. Felber, C. Fetzer,
 * "A Lazy Snapshot Algorithm with Eager Validation", DISC 2006): to a revision taken after that
 * read, provided that each key read before still has the version it had. Otherwise the function
 * starts again.
 *
 * What looks at all keys at once needs a snapshot of the replica at or after the view. Reads before
 * it are checked against it; reads behind it come from it, and the commit demands that nothing in
 * the namespace has changed since. Clearing looks at nothing, and reads behind it need no server.
 *
 * At the commit each key read must still have its version. A transaction that wrote nothing needs
 * no commit: its view was the state at one moment after it began. A value that can be changed in
 * place is encoded again at the end; if its bytes are not those that were read, it is written.
 */

/** One run of a transaction's function. For the thread that runs it. */
final class TransactionImpl<K, V> extends AbstractMap<K, V> implements Transaction<K, V> {
  private final Namespace<K, V> namespace;
  private final Commits<K, V> commits;
  private final ValueBuffer buffer = new ValueBuffer();
  private final Map<KeyRef, Row<V>> rows = new LinkedHashMap<>();
  private final List<Row<V>> written = new ArrayList<>();
  private long view;
  private PersistentMap base;
  private boolean wholeView;
  private boolean cleared;
  private boolean doomed;
  private boolean ended;

  TransactionImpl(Commits<K, V> commits) {
    this.commits = commits;
    this.namespace = commits.namespace;
    this.view = namespace.connection.revision();
  }

  @Override
  public long revision() {
    check();
    return view;
  }

  @Override
  public V get(Object key) {
    Row<V> row = find(key);
    return row == null ? null : row.value;
  }

  @Override
  public V getOrDefault(Object key, V ifAbsent) {
    Row<V> row = find(key);
    return row == null || !row.present ? ifAbsent : row.value;
  }

  @Override
  public boolean containsKey(Object key) {
    Row<V> row = find(key);
    return row != null && row.present;
  }

  @Override
  public V put(K key, V value) {
    check();
    return row(namespace.keys.of(key)).put(value);
  }

  @Override
  public V remove(Object key) {
    Row<V> row = find(key);
    return row == null ? null : row.remove();
  }

  /** Reads nothing, so that it conflicts with nobody. */
  @Override
  public void putAll(Map<? extends K, ? extends V> content) {
    check();
    content.forEach((key, value) -> blindRow(namespace.keys.of(key)).put(value));
  }

  @Override
  public void clear() {
    check();
    cleared = true;
    base = PersistentMap.empty();
    rows.values().forEach(Row::clear);
  }

  @Override
  public int size() {
    PersistentMap all = base();
    int size = all.size();
    for (Row<V> row : rows.values()) {
      boolean inBase = row.ref.in(all) != null;
      size += (row.present ? 1 : 0) - (inBase ? 1 : 0);
    }
    return size;
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    check();
    return new TransactionEntries<>(this, namespace.types);
  }

  private Row<V> find(Object key) {
    check();
    KeyRef ref = namespace.keys.find(key);
    return ref == null ? null : row(ref);
  }

  /** The row of a key, read now if this is the first time. */
  Row<V> row(KeyRef ref) {
    Row<V> row = rows.get(ref);
    if (row == null) {
      row = base != null ? fromBase(ref) : read(ref);
      rows.put(ref, row);
    }
    return row;
  }

  private Row<V> blindRow(KeyRef ref) {
    return rows.computeIfAbsent(ref, Row::unread);
  }

  private Row<V> fromBase(KeyRef ref) {
    var entry = ref.in(base);
    if (entry == null) {
      return cleared ? Row.unread(ref) : Row.absent(ref);
    }
    return Row.present(ref, entry.version, entry.value, namespace.types);
  }

  private Row<V> read(KeyRef ref) {
    for (; ; ) {
      int length = ref.cell.read(buffer);
      commits.reads.atLeast(buffer.version);
      if (buffer.version <= view) {
        return Row.read(ref, buffer, length, namespace.types);
      }
      extend();
    }
  }

  /** Moves the view to now, if what was read so far is still so. */
  private void extend() {
    long now = namespace.connection.revision();
    for (Row<V> row : rows.values()) {
      if (row.wasRead && !row.isStillSo(buffer, now)) {
        restart();
      }
    }
    view = now;
  }

  /** All keys at the view. */
  PersistentMap base() {
    check();
    if (base == null) {
      View all = namespace.replica.current();
      if (all.revision() < view) {
        restart();
      }
      for (Row<V> row : rows.values()) {
        if (row.wasRead && !row.isAsIn(all.map())) {
          restart();
        }
      }
      base = all.map();
      view = all.revision();
      commits.reads.atLeast(view);
      wholeView = true;
    }
    return base;
  }

  /** The rows of keys that are present here but not in {@link #base}. */
  List<Row<V>> additions() {
    List<Row<V>> result = new ArrayList<>();
    for (Row<V> row : rows.values()) {
      if (row.present && row.ref.in(base) == null) {
        result.add(row);
      }
    }
    return result;
  }

  /** Whether the key of an entry of {@link #base} is still here. */
  boolean isThere(KeyRef ref) {
    Row<V> row = rows.get(ref);
    return row == null ? !cleared : row.present;
  }

  private void restart() {
    doomed = true;
    throw Restart.NOW;
  }

  private void check() {
    if (ended) {
      throw new ClosedException("a transaction is used after its function has returned");
    }
    if (doomed) {
      throw Restart.NOW;
    }
  }

  /** Whether the function's outcome does not count, even if it caught the restart. */
  boolean isDoomed() {
    return doomed;
  }

  void end() {
    ended = true;
  }

  /** Decides what is written; returns whether that is anything. */
  boolean prepare() {
    for (Row<V> row : rows.values()) {
      if (row.isWritten(namespace.types, cleared)) {
        written.add(row);
      }
    }
    return cleared || !written.isEmpty();
  }

  void encode(BatchEncoder batch) {
    encodeConditions(batch);
    if (cleared) {
      batch.clear(namespace.number);
    }
    for (Row<V> row : written) {
      if (row.present) {
        commits.put(batch, row.ref, row.value);
      } else {
        batch.remove(namespace.number, row.ref.bytes);
      }
    }
  }

  private void encodeConditions(BatchEncoder batch) {
    if (wholeView) {
      batch.ifNamespaceVersion(namespace.number, view);
      return;
    }
    for (Row<V> row : rows.values()) {
      if (row.wasRead) {
        batch.ifVersion(namespace.number, row.ref.bytes, row.version);
      }
    }
  }
}
