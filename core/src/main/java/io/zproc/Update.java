package io.zproc;

import java.time.Instant;
import java.util.List;

/**
 * One commit as a watcher sees it. Immutable.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface Update<K, V> {

  /** The namespace as it was before the commit. */
  Snapshot<K, V> before();

  /** The namespace as the commit left it. */
  Snapshot<K, V> after();

  /** What the commit wrote, a row for each key. */
  List<Change<K, V>> changes();

  /** Whether the commit wrote only what was there already. */
  boolean isIdentical();

  /** The commit's revision: dense over all namespaces, growing by one with each commit. */
  long revision();

  /** When the server took the commit, by its clock. */
  Instant timestamp();
}
