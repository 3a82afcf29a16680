package io.zproc;

import java.util.Map;

/**
 * The state inside {@link State#atomic}: a modifiable map on one consistent view. What is done to
 * it, and to the lists, sets and maps read from it, is committed together when the function
 * returns.
 *
 * <p>Only for the thread that runs the function, and only until it returns.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface Transaction<K, V> extends Map<K, V> {

  /** The revision of the view. */
  long revision();
}
