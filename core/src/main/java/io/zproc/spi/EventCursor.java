package io.zproc.spi;

import io.zproc.internal.protocol.Event;

/**
 * A position in the journal. Its owner may be any thread, but one at a time. Moving it writes
 * nothing that the server or another reader would notice.
 */
public interface EventCursor extends AutoCloseable {

  /** The revision of the last event given, or the one it was positioned behind. */
  long position();

  /**
   * Gives the next event if it is published. One that has to ask a server waits for its answer as
   * long as a command would.
   *
   * @return false if there is none yet
   * @throws io.zproc.HistoryLostException when the journal no longer holds it
   * @throws io.zproc.ServerDownException when it had to ask, and nobody has answered
   */
  boolean next(Event into);

  /** Whether {@link #next} can give an event without asking the server for it. */
  boolean isReady();

  /**
   * As {@link #next(Event)}, but waits until the deadline for an answer. May return early when
   * woken.
   *
   * @param deadlineNs on the clock of {@link System#nanoTime}
   */
  default boolean next(Event into, long deadlineNs) {
    return next(into);
  }

  /**
   * As {@link #next}, but goes on where the journal was trimmed. There it gives what is left of the
   * commits behind the position: those that wrote a value which was still there in front of the
   * journal's first revision, and no other change of them. So the next event may have any revision
   * behind the position, which moves there.
   */
  default boolean nextKept(Event into) {
    return next(into);
  }

  /** Moves behind revision {@code after}. */
  void seek(long after);

  /**
   * Sleeps until a commit that {@code interest} covers is published, or any event follows {@link
   * #position} already. It may return early.
   *
   * @param interest a mask of {@link io.zproc.internal.protocol.Interest}
   * @param deadlineNs on the clock of {@link System#nanoTime}
   * @return false if the deadline passed first
   */
  boolean await(int interest, long deadlineNs);

  /** Wakes the thread in {@link #await}, now or when it next comes there. From any thread. */
  void wakeUp();

  @Override
  void close();
}
