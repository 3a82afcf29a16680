package io.zproc.internal.state;

import io.zproc.Change;
import io.zproc.Snapshot;
import io.zproc.Update;
import io.zproc.internal.collect.Entry;
import io.zproc.internal.collect.PersistentMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One commit between two maps. Its rows are found when first asked for; two threads may do that at
 * once and either result stays.
 */
final class UpdateImpl<K, V> implements Update<K, V> {
  private final Types<K, V> types;
  private final LazyMap before;
  private final LazyMap after;
  private final long revision;
  private final long timestampNs;
  private final Collection<KeyRef> touched;

  /** The only row, null if there are others or none. */
  private final ChangeImpl<K, V> only;

  private volatile List<ChangeImpl<K, V>> rows;

  /** A commit that wrote one key; either entry may be null. */
  UpdateImpl(
      Types<K, V> types,
      LazyMap before,
      LazyMap after,
      long revision,
      long timestampNs,
      Entry from,
      Entry to) {
    this.types = types;
    this.before = before;
    this.after = after;
    this.revision = revision;
    this.timestampNs = timestampNs;
    this.touched = List.of();
    this.only = from == null && to == null ? null : new ChangeImpl<>(types, from, to);
  }

  /**
   * @param touched the keys that the commit wrote, or null when it cleared the namespace
   */
  UpdateImpl(
      Types<K, V> types,
      LazyMap before,
      LazyMap after,
      long revision,
      long timestampNs,
      Collection<KeyRef> touched) {
    this.types = types;
    this.before = before;
    this.after = after;
    this.revision = revision;
    this.timestampNs = timestampNs;
    this.touched = touched;
    this.only = null;
  }

  @Override
  public Snapshot<K, V> before() {
    return new SnapshotImpl<>(types, before.get(), revision - 1);
  }

  @Override
  public Snapshot<K, V> after() {
    return new SnapshotImpl<>(types, after.get(), revision);
  }

  @Override
  public List<Change<K, V>> changes() {
    return List.copyOf(rows());
  }

  @Override
  public boolean isIdentical() {
    if (only != null) {
      return only.isIdentical();
    }
    for (ChangeImpl<K, V> row : rows()) {
      if (!row.isIdentical()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public Instant timestamp() {
    return Instant.ofEpochSecond(timestampNs / 1_000_000_000L, timestampNs % 1_000_000_000L);
  }

  List<ChangeImpl<K, V>> rows() {
    List<ChangeImpl<K, V>> found = rows;
    if (found == null) {
      found = only != null ? List.of(only) : touched == null ? difference() : touchedRows();
      rows = found;
    }
    return found;
  }

  private List<ChangeImpl<K, V>> touchedRows() {
    List<ChangeImpl<K, V>> result = new ArrayList<>(touched.size());
    PersistentMap old = before.get();
    PersistentMap now = after.get();
    for (KeyRef key : touched) {
      Entry from = key.in(old);
      Entry to = key.in(now);
      if (from != null || to != null) {
        result.add(new ChangeImpl<>(types, from, to));
      }
    }
    return result;
  }

  private List<ChangeImpl<K, V>> difference() {
    List<ChangeImpl<K, V>> result = new ArrayList<>();
    PersistentMap old = before.get();
    PersistentMap now = after.get();
    for (Entry from : old) {
      Entry to = now.get(from.key, 0, from.key.length, from.hash);
      result.add(new ChangeImpl<>(types, from, to));
    }
    for (Entry to : now) {
      if (old.get(to.key, 0, to.key.length, to.hash) == null) {
        result.add(new ChangeImpl<>(types, null, to));
      }
    }
    return result;
  }

  @Override
  public String toString() {
    return "revision " + revision + " " + rows();
  }
}
