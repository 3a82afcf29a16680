package io.zproc.internal.state;

/**
 * A value and the revision that wrote it.
 *
 * @param value null when the key is not there
 * @param version 0 when the key is not there
 */
public record Versioned<V>(V value, long version) {
  private static final Versioned<?> ABSENT = new Versioned<>(null, 0);

  @SuppressWarnings("unchecked")
  static <V> Versioned<V> absent() {
    return (Versioned<V>) ABSENT;
  }

  public boolean isPresent() {
    return version != 0;
  }
}
