package io.zproc.internal.state;

import io.zproc.TurnLostException;
import io.zproc.ZProcException;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.MessageType;
import io.zproc.spi.Exchange;

/**
 * The exclusive right to commit, held by the calling thread. It belongs to the exchange's session,
 * so until it is given back every command of this thread goes through that exchange.
 */
final class Turn implements AutoCloseable {
  private static final long LEASE_NS = 1_000_000_000L;
  private static final int MAX_DOUBLINGS = 4;

  private final Client client;
  private final Scratch scratch;
  private final Exchange exchange;
  private boolean mine = true;

  private Turn(Client client, Scratch scratch, Exchange exchange) {
    this.client = client;
    this.scratch = scratch;
    this.exchange = exchange;
  }

  /**
   * Waits for the turn.
   *
   * @param round how often the caller lost it before: each time it asks for twice as long
   */
  static Turn take(Client client, Scratch scratch, int round) {
    Exchange exchange = client.borrow(scratch);
    try {
      long lease = LEASE_NS << Math.min(round, MAX_DOUBLINGS);
      exchange.request().writeByte(MessageType.TAKE_TURN).writeLong(lease);
      client.call(exchange);
    } catch (RuntimeException | Error e) {
      renounce(exchange);
      exchange.close();
      throw e;
    }
    scratch.turn = exchange;
    scratch.turnClient = client;
    return new Turn(client, scratch, exchange);
  }

  /** Waits for the answer, unless the server has left an earlier command unanswered. */
  private void giveBack() {
    if (exchange.inFlight() > 0) {
      renounce(exchange);
      return;
    }
    try {
      exchange.request().writeByte(MessageType.GIVE_TURN);
      client.call(exchange);
    } catch (ZProcException e) {
      // What the caller did has succeeded or failed by itself; at worst the lease has to end.
      mine = false;
    }
  }

  /**
   * Sends behind a command that was not answered in time what undoes it, should it come to that.
   */
  private static void renounce(Exchange exchange) {
    try {
      exchange.request().writeByte(MessageType.GIVE_TURN);
      exchange.send(System.nanoTime());
    } catch (ZProcException e) {
      // The server is gone or does not listen: then the lease ends what it granted.
      return;
    }
  }

  /** Commits and gives the turn back; returns whether the conditions held. */
  boolean commit(Commits<?, ?> commits, Contention.Attempt attempt) {
    boolean committed = commit(commits, attempt, BatchEncoder.GIVE_TURN);
    mine = false;
    return committed;
  }

  /** As {@link #commit}; should the turn have ended, the conditions decide alone. */
  boolean commitAnyway(Commits<?, ?> commits, Contention.Attempt attempt) {
    try {
      return commit(commits, attempt);
    } catch (TurnLostException e) {
      mine = false;
      return commit(commits, attempt, 0);
    }
  }

  private boolean commit(Commits<?, ?> commits, Contention.Attempt attempt, int flags) {
    BatchEncoder batch = commits.begin(scratch, exchange, flags);
    attempt.encode(batch);
    return commits.trySend(batch, exchange);
  }

  @Override
  public void close() {
    scratch.turn = null;
    scratch.turnClient = null;
    try {
      if (mine) {
        giveBack();
      }
    } finally {
      exchange.close();
    }
  }
}
