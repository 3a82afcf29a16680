package io.zproc.shm.races;

import io.zproc.internal.jvm.Opens;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;

/**
 * Native memory for one run of a race, zeroed and on cache lines of its own. It stays as long as
 * this object is reachable.
 */
final class StateMemory {
  static {
    Opens.open();
  }

  /** Is taken from the system in pieces of this size. */
  private static final int BLOCK = 256 << 10;

  private static final int LINE = 64;

  private static final ThreadLocal<StateMemory> LAST = new ThreadLocal<>();

  private final ByteBuffer block;
  private final int end;
  final long address;

  private StateMemory(ByteBuffer block, int offset, int length) {
    this.block = block;
    this.end = offset + length;
    this.address = BufferUtil.address(block) + offset;
  }

  static StateMemory take(int length) {
    int whole = (length + LINE - 1) & -LINE;
    StateMemory last = LAST.get();
    StateMemory next =
        last != null && last.end + whole <= BLOCK
            ? new StateMemory(last.block, last.end, whole)
            : new StateMemory(BufferUtil.allocateDirectAligned(BLOCK, LINE), 0, whole);
    LAST.set(next);
    return next;
  }
}
