package io.zproc.internal.map;

import java.io.Serializable;

/**
 * By which a worker is known. It travels to the worker's process.
 *
 * @param pool the number of its pool
 * @param poolId the id of its pool
 * @param index the worker's number in the pool
 * @param id the worker's own, never used twice
 */
record WorkerTicket(int pool, long poolId, int index, long id) implements Serializable {}
