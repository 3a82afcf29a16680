package io.zproc.internal.map;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker of a node: for whatever tasks there are, as long as it can read them. */
final class NodeMembership implements Membership {
  private static final Logger LOG = LoggerFactory.getLogger(NodeMembership.class);
  private static final int MAX_REMEMBERED = 1000;

  private final Board board;
  private final NodeTicket ticket;
  private final Directory pools;

  /** The ids of tasks that could not be read. */
  private final Set<Long> unreadable =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
              return size() > MAX_REMEMBERED;
            }
          });

  NodeMembership(Board board, NodeTicket ticket) {
    this.board = board;
    this.ticket = ticket;
    this.pools = board.poolDirectory();
  }

  @Override
  public String record() {
    return ticket.record();
  }

  @Override
  public long id() {
    return ticket.id();
  }

  /** That of each pool, and the one that tells of new pools. */
  @Override
  public String[] bells() {
    List<String> bells = new ArrayList<>();
    bells.add(pools.key());
    pools.numbers().forEach(number -> bells.add(new PoolKeys(number).ready));
    return bells.toArray(String[]::new);
  }

  @Override
  public List<Integer> tasks() {
    List<Integer> tasks = new ArrayList<>();
    for (int number : pools.numbers()) {
      PoolRecord pool = board.pools.get(PoolKeys.record(number));
      if (pool != null) {
        tasks.addAll(pool.tasks());
      }
    }
    return tasks;
  }

  @Override
  public boolean endsWithTasks() {
    return false;
  }

  @Override
  public boolean admits(TaskRecord task) {
    return !isOthers(task) || !unreadable.contains(task.id());
  }

  @Override
  public boolean leaves(TaskRecord task, Throwable reason) {
    if (unreadable.add(task.id())) {
      LOG.warn("can not take a map task of namespace {}: {}", task.namespace(), reason.toString());
    }
    return isOthers(task);
  }

  /** A task whose owner has workers is theirs; without them, nobody else may ever come for it. */
  private static boolean isOthers(TaskRecord task) {
    return task.workers() > 0;
  }
}
