package io.zproc.internal.map;

/** A worker of a pool, as its supervisor sees it. */
record Member(WorkerTicket ticket, RunningWorker worker) {}
