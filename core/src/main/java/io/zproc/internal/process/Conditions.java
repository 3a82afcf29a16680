package io.zproc.internal.process;

import io.zproc.SnapshotPredicate;
import java.util.Objects;

/** The conditions of {@code callWhen…} on one key. Stateless. */
public final class Conditions {
  private Conditions() {}

  public static SnapshotPredicate equal(String key, Object value) {
    return snapshot -> Objects.deepEquals(snapshot.get(key), value);
  }

  public static SnapshotPredicate notEqual(String key, Object value) {
    return snapshot -> !Objects.deepEquals(snapshot.get(key), value);
  }

  public static SnapshotPredicate none(String key) {
    return snapshot -> snapshot.get(key) == null;
  }

  public static SnapshotPredicate notNone(String key) {
    return snapshot -> snapshot.get(key) != null;
  }

  public static SnapshotPredicate available(String key) {
    return snapshot -> snapshot.containsKey(key);
  }
}
