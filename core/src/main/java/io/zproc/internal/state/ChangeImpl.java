package io.zproc.internal.state;

import io.zproc.Change;
import io.zproc.internal.collect.Entry;
import java.util.Arrays;

/** One key before and after a commit; an entry is null where the key was not there. */
final class ChangeImpl<K, V> implements Change<K, V> {
  private final Types<K, V> types;
  private final Entry before;
  private final Entry after;

  ChangeImpl(Types<K, V> types, Entry before, Entry after) {
    this.types = types;
    this.before = before;
    this.after = after;
  }

  KeyRef ref() {
    Entry entry = after != null ? after : before;
    return new KeyRef(entry.key, entry.hash);
  }

  @Override
  public K key() {
    return types.key(after != null ? after : before);
  }

  @Override
  public V before() {
    return types.value(before);
  }

  @Override
  public V after() {
    return types.value(after);
  }

  @Override
  public boolean wasPresent() {
    return before != null;
  }

  @Override
  public boolean isPresent() {
    return after != null;
  }

  /**
   * Equal bytes are equal values; equal values of other bytes, such as maps, have equal lengths.
   */
  @Override
  public boolean isIdentical() {
    if (before == null || after == null) {
      return before == after;
    }
    return before == after
        || before.value.length == after.value.length
            && (Arrays.equals(before.value, after.value) || Immutables.areEqual(before(), after()));
  }

  @Override
  public String toString() {
    return key()
        + ": "
        + (wasPresent() ? before() : "absent")
        + " -> "
        + (isPresent() ? after() : "absent");
  }
}
