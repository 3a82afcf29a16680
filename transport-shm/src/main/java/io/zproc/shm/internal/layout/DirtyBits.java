package io.zproc.shm.internal.layout;

import io.zproc.shm.internal.os.Memory;

/**
 * Which sessions have something for the server, a bit each. A client writes to its ring, then marks
 * its session, an atomic or; the server takes the marks, an atomic swap, then reads the rings: who
 * takes a mark finds what was written before it.
 */
public final class DirtyBits {
  /** How many words of 64 bits there are. */
  public static final int WORDS = ControlDescriptor.SESSIONS / Long.SIZE;

  private final long address;

  public DirtyBits(long address) {
    this.address = address;
  }

  /** A full fence. */
  public void mark(int session) {
    Memory.getAndBitwiseOrLong(wordAddress(session / Long.SIZE), 1L << (session % Long.SIZE));
  }

  /** Server: clears a word of marks and returns it. */
  public long take(int word) {
    long wordAddress = wordAddress(word);
    return Memory.getLongAcquire(wordAddress) == 0 ? 0 : Memory.getAndSetLong(wordAddress, 0);
  }

  public boolean isAny() {
    for (int word = 0; word < WORDS; word++) {
      if (Memory.getLongVolatile(wordAddress(word)) != 0) {
        return true;
      }
    }
    return false;
  }

  private long wordAddress(int word) {
    return address + (long) word * Long.BYTES;
  }
}
