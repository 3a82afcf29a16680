package io.zproc.internal.state;

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
    } catch (Throwable e) {
      exchange.close();
      throw e;
    }
    scratch.turn = exchange;
    scratch.turnClient = client;
    return new Turn(client, scratch, exchange);
  }

  /** Commits and gives the turn back; returns whether the conditions held. */
  boolean commit(Commits<?, ?> commits, Contention.Attempt attempt) {
    BatchEncoder batch = commits.begin(scratch, exchange, BatchEncoder.GIVE_TURN);
    attempt.encode(batch);
    boolean committed = commits.trySend(batch, exchange);
    mine = false;
    return committed;
  }

  @Override
  public void close() {
    scratch.turn = null;
    scratch.turnClient = null;
    try {
      if (mine) {
        exchange.request().writeByte(MessageType.GIVE_TURN);
        client.call(exchange);
      }
    } catch (ZProcException e) {
      mine = false;
    } finally {
      exchange.close();
    }
  }
}
