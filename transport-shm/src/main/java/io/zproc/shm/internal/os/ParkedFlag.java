package io.zproc.shm.internal.os;

import java.util.function.BooleanSupplier;

/**
 * A flag in shared memory that somebody sleeps, and the word he sleeps on.
 *
 * <p>One sleeper raises and lowers it; wakers lower it. The sleeper raises the flag and then looks
 * once more for something to do; the waker publishes something to do and then looks at the flag. A
 * full fence between the two steps of each (Dekker's algorithm): either the sleeper sees what was
 * published, or the waker sees the flag.
 */
public final class ParkedFlag {
  private static final int LOWERED = 0;
  private static final int RAISED = 1;

  private final long address;

  public ParkedFlag(long address) {
    this.address = address;
  }

  /**
   * Sleeper: raises the flag and looks once more.
   *
   * @return whether to {@link #sleep}
   */
  public boolean raise(BooleanSupplier isSomethingToDo) {
    Memory.putIntVolatile(address, RAISED);
    Memory.fullFence();
    return !isSomethingToDo.getAsBoolean();
  }

  /** Sleeper: sleeps as long as the flag is raised, at most until the deadline. */
  public void sleep(long deadlineNs) {
    Futex.await(address, RAISED, deadlineNs);
  }

  public void lower() {
    Memory.putIntVolatile(address, LOWERED);
  }

  /**
   * The only waker, after it has published: wakes the sleeper if it sleeps. By loads and stores
   * only: where the file was truncated these end in an error that can be caught, while a
   * compare-and-set ends the JVM.
   */
  public void wake() {
    Memory.fullFence();
    if (Memory.getIntVolatile(address) != LOWERED) {
      lower();
      Futex.wakeOne(address);
    }
  }

  /**
   * One of several wakers, who has waited for long: wakes the sleeper whatever the flag says, since
   * another waker may have been killed between lowering it and waking.
   */
  public void wakeAnyway() {
    Futex.wakeOne(address);
  }

  /**
   * One of several wakers, after it has published by a volatile store or an atomic
   * read-modify-write, which spare a fence here: wakes the sleeper if it sleeps and nobody else
   * does.
   */
  public void wakeOnce() {
    if (Memory.getIntVolatile(address) != LOWERED
        && Memory.compareAndSetInt(address, RAISED, LOWERED)) {
      Futex.wakeOne(address);
    }
  }
}
