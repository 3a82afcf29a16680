package io.zproc.internal.process;

import io.zproc.SnapshotTest;
import java.util.Objects;

/** The conditions of {@code callWhen…} on one key. Stateless. */
public final class Conditions {
  private Conditions() {}

  public static SnapshotTest equal(String key, Object value) {
    return snapshot -> Objects.deepEquals(snapshot.get(key), value);
  }

  public static SnapshotTest notEqual(String key, Object value) {
    return snapshot -> !Objects.deepEquals(snapshot.get(key), value);
  }

  public static SnapshotTest none(String key) {
    return snapshot -> snapshot.get(key) == null;
  }

  public static SnapshotTest notNone(String key) {
    return snapshot -> snapshot.get(key) != null;
  }

  public static SnapshotTest available(String key) {
    return snapshot -> snapshot.containsKey(key);
  }
}
