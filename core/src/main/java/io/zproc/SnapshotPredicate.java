package io.zproc;

import java.io.Serializable;
import java.util.function.Predicate;

/** A condition on a state that can be sent to another process. */
@FunctionalInterface
public interface SnapshotPredicate extends Predicate<Snapshot<String, Object>>, Serializable {}
