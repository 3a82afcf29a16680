package io.zproc;

import java.io.Serializable;

/**
 * What {@link ItemMapper#processMap} applies to each item, in a worker. Lambdas and method
 * references are serializable if what they capture is; their captured values are the arguments that
 * are the same for all items.
 *
 * @param <T> the type of the items, which must be serializable
 * @param <R> the type of the results, which must be serializable
 */
@FunctionalInterface
public interface MapFunction<T, R> extends Serializable {

  R apply(T item) throws Exception;
}
