package io.zproc.internal.state;

import io.zproc.TurnLostException;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.spi.Exchange;

/**
 * Repeats an optimistic change until it is committed. After a few conflicts it takes the turn, so
 * that everybody gets through in the end.
 */
final class Contention {
  private static final int ATTEMPTS_WITHOUT_TURN = 3;

  /** A change that can be tried again and again. */
  interface Attempt {
    /**
     * Reads, and decides what to write.
     *
     * @return false when there is nothing to write
     */
    boolean prepare();

    /** Writes conditions and writes. */
    void encode(BatchEncoder batch);
  }

  private final Commits<?, ?> commits;
  private final Client client;

  Contention(Commits<?, ?> commits) {
    this.commits = commits;
    this.client = commits.namespace.client;
  }

  void run(Attempt attempt) {
    for (int i = 0; i < ATTEMPTS_WITHOUT_TURN; i++) {
      if (tryOnce(attempt)) {
        return;
      }
    }
    for (int round = 0; !tryInTurn(attempt, round); round++) {
      client.checkOpen();
    }
  }

  /**
   * Takes the turn at once and prepares exactly once.
   *
   * @throws TurnLostException when the turn ended before the commit
   */
  void runExclusively(Attempt attempt) {
    Scratch scratch = Scratch.get();
    if (scratch.turnClient == client) {
      finish(!prepare(attempt) || commit(attempt));
      return;
    }
    try (Turn turn = Turn.take(client, scratch, 0)) {
      finish(!prepare(attempt) || turn.commit(commits, attempt));
    }
  }

  private static boolean prepare(Attempt attempt) {
    try {
      return attempt.prepare();
    } catch (Restart e) {
      throw lost();
    }
  }

  private static void finish(boolean committed) {
    if (!committed) {
      throw lost();
    }
  }

  private static TurnLostException lost() {
    return new TurnLostException(
        "somebody else committed meanwhile, so the turn had ended; nothing was changed");
  }

  private boolean tryOnce(Attempt attempt) {
    try {
      return !attempt.prepare() || commit(attempt);
    } catch (Restart e) {
      return false;
    }
  }

  private boolean commit(Attempt attempt) {
    Scratch scratch = Scratch.get();
    Exchange exchange = client.borrow(scratch);
    try {
      BatchEncoder batch = commits.begin(scratch, exchange, 0);
      attempt.encode(batch);
      return commits.trySend(batch, exchange);
    } finally {
      client.giveBack(scratch, exchange);
    }
  }

  /** One attempt with the turn. */
  private boolean tryInTurn(Attempt attempt, int round) {
    Scratch scratch = Scratch.get();
    if (scratch.turnClient == client) {
      return tryOnce(attempt);
    }
    try (Turn turn = Turn.take(client, scratch, round)) {
      return !attempt.prepare() || turn.commitAnyway(commits, attempt);
    } catch (Restart e) {
      return false;
    }
  }
}
