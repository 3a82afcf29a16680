package io.zproc.shm.internal.os;

/**
 * Watchers that sleep until something is committed that interests them: a mask has the interests of
 * those that sleep, and they sleep on a word that counts the wake-ups. Watchers set bits of the
 * mask; the server alone clears them.
 */
public final class ParkedWatchers {
  private final long wordAddress;
  private final long maskAddress;

  public ParkedWatchers(long wordAddress, long maskAddress) {
    this.wordAddress = wordAddress;
    this.maskAddress = maskAddress;
  }

  /*
   * A watcher loads the word, raises its interests, looks once more whether something is published,
   * and sleeps as long as the word is the same. The server publishes, fences, and looks at the mask.
   * So either the watcher sees what was published, or the server sees its interests.
   *
   * The server takes interests back before it changes the word: whoever raised what was taken back
   * has loaded the word before, so it does not fall asleep any more. The other way round, one that
   * had loaded the changed word, raised its interests late and lost them would sleep for ever.
   */

  /** Watcher: what to {@link #sleep} on; to be read before looking whether there is news. */
  public int word() {
    return Memory.getIntVolatile(wordAddress);
  }

  /** Watcher: says what interests it, to look once more before it sleeps. A full fence. */
  public void raise(int interest) {
    Memory.getAndBitwiseOrInt(maskAddress, interest);
    Memory.fullFence();
  }

  /** Watcher: sleeps as long as the word is that one, at most until the deadline. */
  public void sleep(int word, int interest, long deadlineNs) {
    Futex.await(wordAddress, word, interest, deadlineNs);
  }

  /** Server, after publishing: wakes those whom it may concern. */
  public void wake(int interest) {
    Memory.fullFence();
    int hit = Memory.getIntVolatile(maskAddress) & interest;
    if (hit != 0) {
      Memory.getAndBitwiseAndInt(maskAddress, ~hit);
      Memory.getAndAddInt(wordAddress, 1);
      Futex.wakeAll(wordAddress, hit);
    }
  }

  /** Anybody: wakes all, whatever interests them. */
  public void wakeAll() {
    Memory.getAndAddInt(wordAddress, 1);
    Futex.wakeAll(wordAddress, -1);
  }
}
