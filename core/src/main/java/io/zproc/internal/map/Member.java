package io.zproc.internal.map;

import io.zproc.ManagedProcess;

/**
 * A worker of a pool, as its supervisor sees it.
 *
 * @param startedNs when it was started, on the clock of {@link System#nanoTime}
 */
record Member(WorkerTicket ticket, ManagedProcess<?> process, long startedNs) {}
