package io.zproc.internal.state;

import io.zproc.internal.collect.PersistentMap;

/** A namespace, encoded, as a revision left it. */
record View(PersistentMap map, long revision) {}
