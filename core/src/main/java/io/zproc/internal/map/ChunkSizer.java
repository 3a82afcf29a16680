package io.zproc.internal.map;

/**
 * How many items the next chunk gets. It begins with one, so that slow functions use all workers,
 * and doubles until a chunk takes a worker about {@link #TARGET_NS} or has {@link #TARGET_BYTES} of
 * results. For one thread.
 */
final class ChunkSizer {
  static final int MAX_ITEMS = 1024;

  /** About a hundred times what it costs to hand a chunk to and fro. */
  static final long TARGET_NS = 10_000_000;

  static final long TARGET_BYTES = 128 << 10;

  private final int fixed;
  private int last;
  private double nanosPerItem = TARGET_NS;
  private double bytesPerItem = 1;

  /**
   * @param fixed the size of all chunks, or 0
   */
  ChunkSizer(int fixed) {
    this.fixed = fixed;
  }

  /** Takes note of chunks that are done. */
  void observe(long items, long nanos, long bytes) {
    if (items > 0) {
      nanosPerItem = Math.max(1, (double) nanos / items);
      bytesPerItem = Math.max(1, (double) bytes / items);
    }
  }

  int next() {
    if (fixed > 0) {
      return fixed;
    }
    double most = Math.min(TARGET_NS / nanosPerItem, TARGET_BYTES / bytesPerItem);
    last = (int) Math.max(1, Math.min(most, Math.min(MAX_ITEMS, 2.0 * last)));
    return last;
  }
}
