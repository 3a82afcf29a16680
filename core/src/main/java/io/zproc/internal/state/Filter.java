package io.zproc.internal.state;

import io.zproc.WatchOptions;
import io.zproc.internal.protocol.Interest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Which updates a watcher wants.
 *
 * @param own also those made through the state that is watched
 * @param duplicates also those that change nothing
 * @param keys the keys that must be among the written ones; empty for any
 * @param excluded whether {@code keys} are those that do not count instead
 * @param interest the mask to sleep with
 */
record Filter(boolean own, boolean duplicates, Set<KeyRef> keys, boolean excluded, int interest) {

  static Filter of(Namespace<?, ?> namespace, WatchOptions options, Object... keys) {
    Set<KeyRef> refs = new HashSet<>();
    Arrays.stream(keys).map(namespace.keys::of).forEach(refs::add);
    boolean exclude = options.isExcludeKeys() && !refs.isEmpty();
    return new Filter(
        options.isIncludeOwn(),
        options.isDuplicateOkay(),
        refs,
        exclude,
        exclude ? Interest.ofNamespace(namespace.number) : interest(namespace, refs));
  }

  private static int interest(Namespace<?, ?> namespace, Set<KeyRef> refs) {
    if (refs.isEmpty()) {
      return Interest.ofNamespace(namespace.number);
    }
    int mask = 0;
    for (KeyRef ref : refs) {
      mask |= Interest.ofKey(namespace.number, ref.hash);
    }
    return mask;
  }

  /** This filter, woken only for what may concern the other. */
  Filter sleepingFor(Filter other) {
    return new Filter(own, duplicates, keys, excluded, other.interest);
  }

  boolean accepts(UpdateImpl<?, ?> update) {
    if (keys.isEmpty()) {
      return duplicates || !update.isIdentical();
    }
    for (ChangeImpl<?, ?> row : update.rows()) {
      if (keys.contains(row.ref()) != excluded && (duplicates || !row.isIdentical())) {
        return true;
      }
    }
    return false;
  }
}
