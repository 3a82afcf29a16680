package io.zproc;

import java.io.Serializable;

/**
 * What a process does that needs no state.
 *
 * @param <R> the type of the result, which must be serializable; return null for none
 * @see ProcessTarget
 */
@FunctionalInterface
public interface StatelessTarget<R> extends Serializable {

  R run() throws Exception;
}
