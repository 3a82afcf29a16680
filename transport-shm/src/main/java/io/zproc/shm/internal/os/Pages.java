package io.zproc.shm.internal.os;

/**
 * Has the system give pages to mapped memory before it is written: otherwise the first write to
 * each page stops its thread for a microsecond or more, while the page is cleared.
 */
public final class Pages {
  /** From Linux 5.14 on; an older one refuses it. */
  private static final int MADV_POPULATE_WRITE = 23;

  /** At once: longer would hold up threads that map or unmap memory. */
  private static final long STEP = 1 << 20;

  private static final long PAGE = 4096;

  private Pages() {}

  /**
   * Makes the memory ready to be written; its content stays as it is. May be called while others
   * use it, and even unmap it. Where the system can not do it, nothing happens.
   */
  public static void populate(long address, long length) {
    long end = address + length;
    long from = address & -PAGE;
    while (from < end && Futex.isNative()) {
      long step = Math.min(STEP, (end - from + PAGE - 1) & -PAGE);
      if (LibC.madvise(from, step, MADV_POPULATE_WRITE) != 0) {
        return;
      }
      from += step;
    }
  }
}
