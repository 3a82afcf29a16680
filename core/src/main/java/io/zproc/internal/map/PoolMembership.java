package io.zproc.internal.map;

import java.util.List;

/** A worker that the owner of a pool has started: for the tasks of that pool. */
final class PoolMembership implements Membership {
  private final Board board;
  private final WorkerTicket ticket;
  private final PoolKeys pool;
  private boolean retired;

  PoolMembership(Board board, WorkerTicket ticket) {
    this.board = board;
    this.ticket = ticket;
    this.pool = new PoolKeys(ticket.pool());
  }

  @Override
  public String record() {
    return pool.worker(ticket.index());
  }

  @Override
  public long id() {
    return ticket.id();
  }

  @Override
  public String[] bells() {
    return new String[] {pool.ready};
  }

  @Override
  public List<Integer> tasks() {
    PoolRecord record = board.pools.get(pool.record);
    if (record == null || record.id() != ticket.poolId()) {
      return null;
    }
    retired = record.retired();
    return record.tasks();
  }

  @Override
  public boolean endsWithTasks() {
    return retired;
  }

  @Override
  public boolean admits(TaskRecord task) {
    return ticket.index() < task.workers();
  }

  @Override
  public boolean leaves(TaskRecord task, Throwable reason) {
    return false;
  }
}
