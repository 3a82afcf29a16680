package io.zproc;

import java.io.Serializable;

/**
 * What a process does with a context, by which it can start processes of its own.
 *
 * @param <R> the type of the result, which must be serializable; return null for none
 * @see ProcessTarget
 */
@FunctionalInterface
public interface ContextTarget<R> extends Serializable {

  /**
   * @param context another one than that which started the process, with the same server and
   *     namespace; it is closed when the target returns, which stops the processes it has started
   */
  R run(Context context) throws Exception;
}
