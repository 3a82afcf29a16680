package io.zproc.shm.internal.offheap;

import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * Memory outside the heap in pages of one size, for what there is of every key: the garbage
 * collector neither marks nor moves it, and the heap does not grow by it. What is given back is
 * used again, the system gets it at the end. One thread at a time.
 */
public final class PagePool implements AutoCloseable {
  public static final int PAGE_BYTES = 16 << 10;

  /** A line of the cache, which no record of up to that size straddles. */
  private static final int ALIGNMENT = 64;

  /** So large that the C library maps it: then only what is written takes memory. */
  private static final int CHUNK_BYTES = 1 << 20;

  private long[] chunks = new long[4];
  private int chunkCount;
  private long[] spare = new long[16];
  private int spareCount;

  /** The pages of the newest chunk that were never taken. */
  private long unused;

  private int unusedCount;

  /** The address of a page whose content is undefined. */
  public long take() {
    if (spareCount > 0) {
      return spare[--spareCount];
    }
    if (unusedCount == 0) {
      addChunk();
    }
    long page = unused;
    unused += PAGE_BYTES;
    unusedCount--;
    return page;
  }

  /** Takes a page back. */
  public void give(long page) {
    if (spareCount == spare.length) {
      spare = Arrays.copyOf(spare, 2 * spareCount);
    }
    spare[spareCount++] = page;
  }

  private void addChunk() {
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * chunkCount);
    }
    long chunk = UnsafeApi.allocateMemory(CHUNK_BYTES + ALIGNMENT);
    chunks[chunkCount++] = chunk;
    unused = (chunk + ALIGNMENT - 1) & -ALIGNMENT;
    unusedCount = CHUNK_BYTES / PAGE_BYTES;
  }

  /** Frees everything: no page may be used any more. */
  @Override
  public void close() {
    for (int i = 0; i < chunkCount; i++) {
      UnsafeApi.freeMemory(chunks[i]);
    }
    chunkCount = 0;
    spareCount = 0;
    unusedCount = 0;
  }
}
