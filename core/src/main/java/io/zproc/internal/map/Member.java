package io.zproc.internal.map;

import io.zproc.ManagedProcess;

/** A worker of a pool, as its supervisor sees it. */
record Member(WorkerTicket ticket, ManagedProcess<?> process) {}
