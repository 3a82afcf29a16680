package io.zproc.shm.internal.os;

/**
 * Watchers that sleep until something is committed that interests them. They sleep on the commit
 * word, and a mask has the interests of those that do.
 *
 * <p>Watchers set bits of the mask; the server alone stores the word and clears bits. A watcher
 * sets its bits and then looks at the word once more; the server stores the word and then looks at
 * the mask, all with sequential consistency: either the watcher sees that the word has changed, or
 * the server sees its bits. Bits that are shared or left behind cost a wake-up in vain.
 */
public final class ParkedWatchers {
  private final long wordAddress;
  private final long maskAddress;

  public ParkedWatchers(long wordAddress, long maskAddress) {
    this.wordAddress = wordAddress;
    this.maskAddress = maskAddress;
  }

  /** Watcher: what to {@link #sleep} on; to be read before looking whether there is news. */
  public int word() {
    return Memory.getIntVolatile(wordAddress);
  }

  /**
   * Watcher: says what interests it and looks once more.
   *
   * @return whether to {@link #sleep}
   */
  public boolean raise(int word, int interest) {
    Memory.getAndBitwiseOrInt(maskAddress, interest);
    return word() == word;
  }

  /** Watcher: sleeps as long as the word is that one, at most until the deadline. */
  public void sleep(int word, int interest, long deadlineNs) {
    Futex.await(wordAddress, word, interest, deadlineNs);
  }

  /** Server, after publishing: stores the word, and wakes those whom it may concern. */
  public void wake(int word, int interest) {
    Memory.putIntVolatile(wordAddress, word);
    int hit = Memory.getIntVolatile(maskAddress) & interest;
    if (hit != 0) {
      Memory.getAndBitwiseAndInt(maskAddress, ~hit);
      Futex.wakeAll(wordAddress, hit);
    }
  }

  /** Anybody: wakes all that sleep now. */
  public void wakeAll() {
    Futex.wakeAll(wordAddress, -1);
  }
}
