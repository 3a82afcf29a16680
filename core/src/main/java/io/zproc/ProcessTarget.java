package io.zproc;

import java.io.Serializable;

/**
 * What a process does with the state that it shares. Lambdas and method references are serializable
 * if what they capture is; their captured values are the process's arguments.
 *
 * @param <R> the type of the result, which must be serializable; return null for none
 */
@FunctionalInterface
public interface ProcessTarget<R> extends Serializable {

  /**
   * @param state of the context's namespace, opened for this process alone
   */
  R run(State<String, Object> state) throws Exception;
}
