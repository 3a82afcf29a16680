package io.zproc.testing;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of one namespace, removed ones included, in the order in which they first came. */
final class FakeNamespace {
  /** A value, null when removed, and the revision that wrote or removed it. */
  record Stored(byte[] value, long version) {}

  record Slot(byte[] key, Stored stored) {}

  private final Map<ByteBuffer, Stored> content = new LinkedHashMap<>();
  private long version;

  Stored get(byte[] key) {
    return content.get(ByteBuffer.wrap(key));
  }

  /** The value, null when absent. */
  byte[] value(byte[] key) {
    Stored stored = get(key);
    return stored == null ? null : stored.value;
  }

  /** The revision of the value, 0 when absent. */
  long version(byte[] key) {
    Stored stored = get(key);
    return stored == null || stored.value == null ? 0 : stored.version;
  }

  void set(byte[] key, byte[] value, long revision) {
    content.put(ByteBuffer.wrap(key.clone()), new Stored(value, revision));
    version = revision;
  }

  void clear(long revision) {
    content.replaceAll((k, old) -> old.value == null ? old : new Stored(null, revision));
    version = revision;
  }

  Map<ByteBuffer, Stored> copy() {
    return new LinkedHashMap<>(content);
  }

  void restore(Map<ByteBuffer, Stored> copy, long oldVersion) {
    content.clear();
    content.putAll(copy);
    version = oldVersion;
  }

  long version() {
    return version;
  }

  long count() {
    return content.values().stream().filter(stored -> stored.value != null).count();
  }

  List<Slot> slots() {
    return content.entrySet().stream()
        .map(e -> new Slot(e.getKey().array(), e.getValue()))
        .toList();
  }
}
