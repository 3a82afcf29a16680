package io.zproc.internal.state;

import io.zproc.internal.collect.Entry;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.spi.Cell;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The methods of a state that write one key depending on its value. The value is read with its
 * version, compared and computed with as an object, and written on condition that the version is
 * still the same: never on encoded bytes, which may differ between equal values.
 */
final class ConditionalUpdates<K, V> {
  private enum Action {
    KEEP,
    PUT,
    REMOVE
  }

  private final Namespace<K, V> namespace;
  private final Commits<K, V> commits;
  private final Contention contention;

  ConditionalUpdates(Commits<K, V> commits) {
    this.commits = commits;
    this.namespace = commits.namespace;
    this.contention = new Contention(commits);
  }

  V putIfAbsent(K key, V value) {
    Update update =
        new Update(key) {
          @Override
          Action decide() {
            return old == null ? put(value) : Action.KEEP;
          }
        };
    update.run();
    return update.old;
  }

  boolean remove(Object key, Object value) {
    KeyRef ref = namespace.keys.find(key);
    if (ref == null) {
      return false;
    }
    return new Update(ref) {
      @Override
      Action decide() {
        return present && Immutables.areEqual(old, value) ? Action.REMOVE : Action.KEEP;
      }
    }.run();
  }

  boolean replace(K key, V oldValue, V newValue) {
    return new Update(key) {
      @Override
      Action decide() {
        return present && Immutables.areEqual(old, oldValue) ? put(newValue) : Action.KEEP;
      }
    }.run();
  }

  V replace(K key, V value) {
    Update update =
        new Update(key) {
          @Override
          Action decide() {
            return present ? put(value) : Action.KEEP;
          }
        };
    update.run();
    return update.old;
  }

  V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
    return new Update(key) {
      @Override
      Action decide() {
        return old == null ? putUnlessNull(function.apply(key)) : keep(old);
      }
    }.result();
  }

  V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    return new Update(key) {
      @Override
      Action decide() {
        return old == null ? keep(null) : putOrRemove(function.apply(key, old));
      }
    }.result();
  }

  V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    return new Update(key) {
      @Override
      Action decide() {
        return putOrRemove(function.apply(key, old));
      }
    }.result();
  }

  V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
    return new Update(key) {
      @Override
      Action decide() {
        return putOrRemove(old == null ? value : function.apply(old, value));
      }
    }.result();
  }

  Map.Entry<K, V> popItem() {
    Pop pop = new Pop();
    contention.run(pop);
    return new DecodedEntry<>(namespace.types, pop.entry);
  }

  /** One change of one key; what it reads is valid inside {@link #decide}. */
  private abstract class Update implements Contention.Attempt {
    private final KeyRef ref;
    private long version;
    private Action action;
    private V written;
    boolean present;
    V old;

    Update(K key) {
      this(namespace.keys.of(key));
    }

    Update(KeyRef ref) {
      this.ref = ref;
    }

    /** Looks at {@code present} and {@code old}; may run several times. */
    abstract Action decide();

    Action put(V value) {
      written = value;
      return Action.PUT;
    }

    Action keep(V result) {
      written = result;
      return Action.KEEP;
    }

    Action putUnlessNull(V value) {
      return value == null ? keep(null) : put(value);
    }

    Action putOrRemove(V value) {
      written = value;
      return value != null ? Action.PUT : present ? Action.REMOVE : Action.KEEP;
    }

    /** Returns whether something was written. */
    boolean run() {
      contention.run(this);
      return action != Action.KEEP;
    }

    V result() {
      run();
      return written;
    }

    @Override
    public boolean prepare() {
      Scratch scratch = Scratch.get();
      int length = ref.cell.read(scratch.value);
      present = length != Cell.ABSENT;
      version = present ? scratch.value.version : 0;
      commits.reads.atLeast(scratch.value.version);
      old = present ? namespace.types.decode(scratch.reader, scratch.value.bytes, 0, length) : null;
      action = decide();
      return action != Action.KEEP;
    }

    @Override
    public void encode(BatchEncoder batch) {
      batch.ifVersion(namespace.number, ref.bytes, version);
      if (action == Action.PUT) {
        commits.put(batch, ref, written);
      } else {
        batch.remove(namespace.number, ref.bytes);
      }
    }
  }

  /** Takes the first entry; after a conflict a random one, so that many do not want the same. */
  private final class Pop implements Contention.Attempt {
    private static final int SPREAD = 64;

    private Entry entry;
    private boolean again;

    @Override
    public boolean prepare() {
      View view = namespace.replica.current();
      if (view.map().size() == 0) {
        throw new NoSuchElementException(namespace + " is empty");
      }
      int bound = again ? Math.min(SPREAD, view.map().size()) : 1;
      Iterator<Entry> entries = view.map().iterator();
      for (int skip = ThreadLocalRandom.current().nextInt(bound); skip > 0; skip--) {
        entries.next();
      }
      entry = entries.next();
      again = true;
      return true;
    }

    @Override
    public void encode(BatchEncoder batch) {
      batch.ifVersion(namespace.number, entry.key, entry.version);
      batch.remove(namespace.number, entry.key);
    }
  }
}
