package io.zproc.shm.internal.offheap;

import io.zproc.shm.internal.os.Memory;
import java.util.Arrays;

/**
 * A growing list of integers outside the heap. It grows page by page, so nothing is copied. One
 * thread at a time.
 */
public final class IntList {
  private static final int PAGE_SHIFT = Integer.numberOfTrailingZeros(PagePool.PAGE_BYTES) - 2;
  private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

  private final PagePool pool;
  private long[] pages = new long[1];
  private int pageCount;
  private int size;

  public IntList(PagePool pool) {
    this.pool = pool;
  }

  public int size() {
    return size;
  }

  public int get(int index) {
    return Memory.getInt(address(index));
  }

  public void set(int index, int value) {
    Memory.putInt(address(index), value);
  }

  public void add(int value) {
    if (size >>> PAGE_SHIFT == pageCount) {
      addPage();
    }
    Memory.putInt(address(size++), value);
  }

  private void addPage() {
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, 2 * pageCount);
    }
    pages[pageCount++] = pool.take();
  }

  /** Removes the last one and returns it. */
  public int removeLast() {
    return Memory.getInt(address(--size));
  }

  /** Removes all, and gives the memory back. */
  public void clear() {
    while (pageCount > 0) {
      pool.give(pages[--pageCount]);
    }
    size = 0;
  }

  private long address(int index) {
    return pages[index >>> PAGE_SHIFT] + ((long) (index & PAGE_MASK) << 2);
  }
}
