package io.zproc.internal.map;

/**
 * @param id never used twice
 * @param pool the number of the pool that works on it
 * @param poolId the id of that pool
 * @param workers how many workers may work on it: those with lower numbers
 * @param slots how many chunks may be ahead of the puller
 * @param namespace that of the state which the function is given
 * @param closed whether it is about to be removed
 */
record TaskRecord(
    long id, int pool, long poolId, int workers, int slots, String namespace, boolean closed) {

  TaskRecord close() {
    return new TaskRecord(id, pool, poolId, workers, slots, namespace, true);
  }
}
