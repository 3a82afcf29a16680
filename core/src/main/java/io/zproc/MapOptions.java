package io.zproc;

/**
 * How a map is spread over workers; immutable, each method gives a changed copy.
 *
 * @param count how many workers of the context may take part; 0 leaves it to those of worker nodes
 * @param fresh whether new workers are started for it
 * @param chunkSize how many items go to a worker at once, or 0
 */
public record MapOptions(int count, boolean fresh, int chunkSize) {
  private static final int LARGEST_CHUNK = 1 << 20;
  private static final MapOptions DEFAULTS =
      new MapOptions(Runtime.getRuntime().availableProcessors(), false, 0);

  public MapOptions {
    if (count < 0) {
      throw new IllegalArgumentException("count=" + count + " is negative");
    }
    if (chunkSize < 0 || chunkSize > LARGEST_CHUNK) {
      throw new IllegalArgumentException(
          "chunkSize=" + chunkSize + " is not in 1.." + LARGEST_CHUNK);
    }
  }

  /** A worker for each processor, those that are there already, chunks as they turn out to fit. */
  public static MapOptions defaults() {
    return DEFAULTS;
  }

  /**
   * How many workers of the context may take part; as many are started as it does not have yet.
   * Those of worker nodes ({@code zproc worker}) take part in any case. With 0 there are no others,
   * so the map waits until a node comes.
   */
  public MapOptions count(int value) {
    return new MapOptions(value, fresh, chunkSize);
  }

  /** Whether to start new workers. Those before them end when they have nothing left to do. */
  public MapOptions fresh(boolean value) {
    return new MapOptions(count, value, chunkSize);
  }

  /**
   * How many items go to a worker at once. Without it, or with 0, a chunk grows from one item to as
   * many as take some milliseconds, at most 1024; so use it when an item depends on the result of
   * one before it: then 1 is right.
   */
  public MapOptions chunkSize(int value) {
    return new MapOptions(count, fresh, value);
  }
}
