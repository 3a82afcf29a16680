package io.zproc.shm.internal.offheap;

import io.zproc.CapacityException;
import io.zproc.shm.internal.os.Memory;
import java.util.Arrays;

/**
 * Records of one size outside the heap, known by number, which are given out from 0 on. They never
 * move; numbers that were given back are given out again. One thread at a time.
 */
public final class RecordList {
  private static final int NONE = -1;

  private final PagePool pool;
  private final int recordShift;
  private final int pageShift;
  private final int pageMask;
  private long[] pages = new long[4];
  private int pageCount;

  /** How many numbers were ever given out. */
  private int count;

  /** The number that was given back last; its first 4 bytes are the one before. */
  private int free = NONE;

  /**
   * @param recordBytes a power of two
   */
  public RecordList(PagePool pool, int recordBytes) {
    this.pool = pool;
    recordShift = Integer.numberOfTrailingZeros(recordBytes);
    pageShift = Integer.numberOfTrailingZeros(PagePool.PAGE_BYTES) - recordShift;
    pageMask = (1 << pageShift) - 1;
  }

  /** The number of a record whose content is undefined. */
  public int take() {
    if (free != NONE) {
      int taken = free;
      free = Memory.getInt(address(taken));
      return taken;
    }
    if (count == Integer.MAX_VALUE) {
      throw new CapacityException(count + " records; there can not be more");
    }
    if (count >>> pageShift == pageCount) {
      addPage();
    }
    return count++;
  }

  private void addPage() {
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, 2 * pageCount);
    }
    pages[pageCount++] = pool.take();
  }

  /** Takes a record back, whose first 4 bytes are then undefined; the others stay. */
  public void give(int record) {
    Memory.putInt(address(record), free);
    free = record;
  }

  /** Takes all of them back, and gives the memory back. */
  public void clear() {
    while (pageCount > 0) {
      pool.give(pages[--pageCount]);
    }
    count = 0;
    free = NONE;
  }

  public long address(int record) {
    return pages[record >>> pageShift] + ((long) (record & pageMask) << recordShift);
  }
}
