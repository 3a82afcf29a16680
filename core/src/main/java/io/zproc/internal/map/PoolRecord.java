package io.zproc.internal.map;

import io.zproc.internal.process.ProcessIdentity;
import java.util.ArrayList;
import java.util.List;

/**
 * @param id never used twice
 * @param owner the process that made the pool
 * @param workers how many workers it has, or had: their numbers are below
 * @param retired whether workers end when there are no tasks
 * @param tasks their numbers, oldest first
 */
record PoolRecord(
    long id, ProcessIdentity owner, int workers, boolean retired, List<Integer> tasks) {

  static PoolRecord empty(long id) {
    return new PoolRecord(id, ProcessIdentity.here(), 0, false, List.of());
  }

  PoolRecord with(int task) {
    List<Integer> more = new ArrayList<>(tasks);
    more.add(task);
    return new PoolRecord(id, owner, workers, retired, more);
  }

  PoolRecord without(int task) {
    List<Integer> fewer = new ArrayList<>(tasks);
    fewer.remove((Integer) task);
    return new PoolRecord(id, owner, workers, retired, fewer);
  }

  PoolRecord withWorker(int index) {
    return new PoolRecord(id, owner, Math.max(workers, index + 1), retired, tasks);
  }

  PoolRecord retire() {
    return new PoolRecord(id, owner, workers, true, tasks);
  }
}
