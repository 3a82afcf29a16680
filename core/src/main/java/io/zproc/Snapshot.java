package io.zproc;

import java.util.Map;

/**
 * A whole namespace at one revision: an unmodifiable map. Immutable and thread-safe; snapshots
 * share structure, so one more costs what changed, not what there is. Values are decoded when first
 * read.
 *
 * <p>A key that is not there is read as null, as is one whose value is null; {@link #containsKey}
 * tells them apart. A key of a class that has no encoding is simply not there.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface Snapshot<K, V> extends Map<K, V> {

  /** The revision of the last commit that this snapshot includes, of whatever namespace. */
  long revision();
}
