package io.zproc;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A dictionary that many processes share, change atomically and watch: one namespace of a server.
 *
 * <p>Every method is atomic and linearizable: it takes effect at one moment between call and
 * return. Thread-safe. Null values are allowed, null keys are not. A value that is read is a copy;
 * its collections are unmodifiable, change them inside {@link #atomic}. The views of {@link
 * #keySet}, {@link #entrySet} and {@link #values} are live; their iterators walk over a snapshot.
 *
 * <p>Where {@code Map} says that a null value counts as none ({@code putIfAbsent}, {@code
 * computeIfAbsent}, {@code merge}, …), so it does here; {@code containsKey} and {@link
 * Snapshot#containsKey} tell null from absent.
 *
 * <p>Watching: a state has one buffered cursor, set to the moment it was opened. The buffered calls
 * of {@code getWhen…} consume from it, one thread at a time; those with {@link WatchOptions#live()}
 * begin at "now" each time and leave it alone. Updates made through this very object are not
 * delivered to its own watchers unless {@link WatchOptions#includeOwn()} is given.
 *
 * <p>When a server with another state takes the address (one that was started in an empty
 * directory, say, or in a copy that was made earlier), it is told to everybody once: the first
 * command gets {@link SessionLostException}, the buffered calls of {@code getWhen…} get {@link
 * HistoryLostException} until {@link #goLive}, and watches for ever. Otherwise this object goes on
 * with the other state, and nothing that was begun before reaches it.
 *
 * <p>Every method that needs the server throws {@link ServerDownException} when none answers within
 * the context's timeout; those that write throw {@link ValueTooLongException}, {@link
 * CapacityException} and {@link io.zproc.codec.UnsupportedValueException}, and then nothing has
 * changed.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface State<K, V> extends ConcurrentMap<K, V>, AutoCloseable {

  /** Replaces everything in this namespace by {@code content}, in one commit. */
  void set(Map<? extends K, ? extends V> content);

  /** The whole namespace at the current revision. */
  Snapshot<K, V> copy();

  /**
   * Removes some entry.
   *
   * @return the entry, unmodifiable
   * @throws java.util.NoSuchElementException when there is none
   */
  Map.Entry<K, V> popItem();

  /**
   * Adds to a number in the server, without a conflict whoever else adds. A key that is not there
   * becomes {@code delta}.
   *
   * @return the sum
   * @throws ZProcException when the value is not a number, or the sum overflows its type
   */
  long add(K key, long delta);

  /** As {@link #add(Object, long)}, for floating point. */
  double add(K key, double delta);

  /** Reads an integer of whatever width without allocating. */
  long getLong(K key, long ifAbsent);

  /** Writes a long without allocating. */
  void putLong(K key, long value);

  /**
   * Copies a value that is a {@code byte[]} without allocating.
   *
   * @return its length, which may exceed the target's: then nothing was copied; −1 if absent
   */
  int getBytes(K key, byte[] target);

  /** A sequence of writes that do not wait for their replies one by one. */
  Pipeline<K, V> pipeline();

  /**
   * Runs {@code function} on a consistent view and commits what it did, all or nothing. If others
   * changed what it read meanwhile, it runs again; after a few times it asks the server for its
   * turn, during which nobody else commits. An exception leaves the state unaffected.
   *
   * @return what the function returned
   */
  <R> R atomic(Function<? super Transaction<K, V>, ? extends R> function);

  /**
   * As {@link #atomic}, but takes the turn first, so that the function runs exactly once.
   *
   * @throws TurnLostException when the function ran longer than the server lets a turn last;
   *     nothing was changed
   */
  <R> R atomicExclusive(Function<? super Transaction<K, V>, ? extends R> function);

  /** The next update, changing whatever key. */
  Update<K, V> getRawUpdate(WatchOptions options);

  /** Waits for a change of one of {@code keys}, or of any without keys. */
  @SuppressWarnings("unchecked")
  Snapshot<K, V> getWhenChange(WatchOptions options, K... keys);

  /** Waits, buffered and without a timeout, for a change of one of {@code keys}. */
  @SuppressWarnings("unchecked")
  Snapshot<K, V> getWhenChange(K... keys);

  /** Waits until the predicate holds; tests the current state first. */
  Snapshot<K, V> getWhen(Predicate<? super Snapshot<K, V>> predicate, WatchOptions options);

  default Snapshot<K, V> getWhen(Predicate<? super Snapshot<K, V>> predicate) {
    return getWhen(predicate, WatchOptions.buffered());
  }

  /** Waits until the key has this value; absent equals null. */
  Snapshot<K, V> getWhenEqual(K key, V value, WatchOptions options);

  default Snapshot<K, V> getWhenEqual(K key, V value) {
    return getWhenEqual(key, value, WatchOptions.buffered());
  }

  /** Waits until the key has another value than this. */
  Snapshot<K, V> getWhenNotEqual(K key, V value, WatchOptions options);

  default Snapshot<K, V> getWhenNotEqual(K key, V value) {
    return getWhenNotEqual(key, value, WatchOptions.buffered());
  }

  /** Waits until the key is absent or null. */
  Snapshot<K, V> getWhenNone(K key, WatchOptions options);

  default Snapshot<K, V> getWhenNone(K key) {
    return getWhenNone(key, WatchOptions.buffered());
  }

  /** Waits until the key has a value that is not null. */
  Snapshot<K, V> getWhenNotNone(K key, WatchOptions options);

  default Snapshot<K, V> getWhenNotNone(K key) {
    return getWhenNotNone(key, WatchOptions.buffered());
  }

  /** Waits until the key is there, with whatever value. */
  Snapshot<K, V> getWhenAvailable(K key, WatchOptions options);

  default Snapshot<K, V> getWhenAvailable(K key) {
    return getWhenAvailable(key, WatchOptions.buffered());
  }

  /** Moves the buffered cursor to now, skipping what was committed before. */
  void goLive();

  /** A watch of changes of {@code keys}, or of any without keys; it has a cursor of its own. */
  @SuppressWarnings("unchecked")
  Watch<K, V> watch(WatchOptions options, K... keys);

  /** A buffered watch of everything from now on. */
  default Watch<K, V> watch() {
    return watchAll(WatchOptions.buffered());
  }

  /** A watch of everything. */
  Watch<K, V> watchAll(WatchOptions options);

  /** Another state of the same namespace, with its own cursor and its own updates. */
  State<K, V> fork();

  /** A state of another namespace with the same types, on the same server. */
  State<K, V> fork(String namespace);

  /**
   * A state of this namespace whose reads come from a copy in this process, so that none of them
   * asks the server: for those that read far more often than the namespace changes, above all over
   * {@code tcp://}. The copy is read once, before this returns, and from then on kept up to date by
   * a thread that all cached states of this namespace and context share. It takes the memory of the
   * whole namespace.
   *
   * <p><b>Given up:</b> reads are not linearizable. A commit of somebody else is seen a little
   * later, normally by the time that the network takes.
   *
   * <p><b>Kept</b>, for all threads and all cached states of this namespace and context together:
   *
   * <ul>
   *   <li>A read sees all that was committed before {@code cached()} was called.
   *   <li>Reads never go backwards: what was seen once is seen by each later read, whichever method
   *       and thread read it, those of {@link #atomic}, {@code getWhen…} and {@link Watch}
   *       included.
   *   <li>Commits made through a cached state are seen by its later reads, which wait for them if
   *       need be; those of a {@link Pipeline}, after {@link Pipeline#flush}.
   *   <li>{@link #copy} and each iterator show one revision; {@link #revision()} says which the
   *       copy has. It tells how far it is behind, beside that of a state that is not cached.
   *   <li>Everything that writes or waits does as without a copy. {@link #atomic}, {@code compute}
   *       and their like read from the server, not from the copy.
   * </ul>
   *
   * <p>Without a connection, reads go on from the copy for at least the context's timeout and not
   * much longer than twice that; then they throw {@link ServerDownException} until the server has
   * been reached again. What was committed meanwhile is not skipped: it is taken from the journal,
   * or, if that does not have it any more, from a new copy of the whole.
   *
   * <p>When a server with another state takes the address, reads go on from a copy of that one, as
   * those of a state that is not cached would: what was there before is gone, and revisions may be
   * smaller. Who waits for a copy of the old one meanwhile gets {@link SessionLostException}; who
   * has to know in any case watches.
   *
   * <p>For reads that are linearizable, use a state that is not cached. Forks of a cached state are
   * cached. Close it when it is no longer needed: with the last one the copy and its thread go.
   *
   * @throws ServerDownException when the copy could not be read
   */
  State<K, V> cached();

  String namespace();

  /** The newest committed revision, of whatever namespace. */
  long revision();

  /** The server's pid. */
  long ping(Duration timeout);

  /** The server's address. */
  String address();

  /** Releases the cursor. The namespace and its content stay. */
  @Override
  void close();
}
