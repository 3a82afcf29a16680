package io.zproc;

import io.zproc.internal.process.Conditions;
import java.util.Collection;
import java.util.List;

/**
 * Calls a handler each time something happens to the state, in a process of its own; see {@link
 * State} for the sibling of each method that waits once.
 *
 * <p>A buffered handler is called for each commit since the call of {@code callWhen…} that fulfils
 * the condition, in order, however long the process takes to start and the handler to return. A
 * live one, {@link WatchOptions#live()}, sees only commits that happen while it waits. Conditions
 * on a key look at commits that write this key. All but {@code callWhenChange} also call the
 * handler for the state as it is in the beginning, if that fulfils the condition.
 *
 * <p>The process ends when the handler throws, unless the process options have it retried; it is
 * then called again for the same commit. With {@link WatchOptions#timeout}, the process ends with a
 * {@link ZProcTimeoutException} when the handler was not called for so long.
 *
 * <p>Without watch options, they are buffered; without process options, the context's defaults.
 *
 * <p>What a handler or a test captures must be serializable, else {@link
 * TargetNotSerializableException} is thrown.
 */
public interface CallWhen {

  /** For commits that write one of these keys, or any key if there are none. */
  ManagedProcess<Void> callWhenChange(
      Collection<String> keys, WatchOptions watch, ProcessOptions process, SnapshotHandler handler);

  default ManagedProcess<Void> callWhenChange(
      Collection<String> keys, WatchOptions watch, SnapshotHandler handler) {
    return callWhenChange(keys, watch, ProcessOptions.defaults(), handler);
  }

  default ManagedProcess<Void> callWhenChange(Collection<String> keys, SnapshotHandler handler) {
    return callWhenChange(keys, WatchOptions.buffered(), handler);
  }

  default ManagedProcess<Void> callWhenChange(String key, SnapshotHandler handler) {
    return callWhenChange(List.of(key), handler);
  }

  /** For commits that write one of these keys, or any if there are none, so that the test holds. */
  ManagedProcess<Void> callWhen(
      Collection<String> keys,
      SnapshotPredicate test,
      WatchOptions watch,
      ProcessOptions process,
      SnapshotHandler handler);

  /** For commits of whatever key that leave the state so that the test holds. */
  default ManagedProcess<Void> callWhen(
      SnapshotPredicate test, WatchOptions watch, ProcessOptions process, SnapshotHandler handler) {
    return callWhen(List.of(), test, watch, process, handler);
  }

  default ManagedProcess<Void> callWhen(
      SnapshotPredicate test, WatchOptions watch, SnapshotHandler handler) {
    return callWhen(test, watch, ProcessOptions.defaults(), handler);
  }

  default ManagedProcess<Void> callWhen(SnapshotPredicate test, SnapshotHandler handler) {
    return callWhen(test, WatchOptions.buffered(), handler);
  }

  /** For commits that leave the key with this value; absent equals null. */
  default ManagedProcess<Void> callWhenEqual(
      String key,
      Object value,
      WatchOptions watch,
      ProcessOptions process,
      SnapshotHandler handler) {
    return callWhen(List.of(key), Conditions.equal(key, value), watch, process, handler);
  }

  default ManagedProcess<Void> callWhenEqual(
      String key, Object value, WatchOptions watch, SnapshotHandler handler) {
    return callWhenEqual(key, value, watch, ProcessOptions.defaults(), handler);
  }

  default ManagedProcess<Void> callWhenEqual(String key, Object value, SnapshotHandler handler) {
    return callWhenEqual(key, value, WatchOptions.buffered(), handler);
  }

  /** For commits that leave the key with another value than this. */
  default ManagedProcess<Void> callWhenNotEqual(
      String key,
      Object value,
      WatchOptions watch,
      ProcessOptions process,
      SnapshotHandler handler) {
    return callWhen(List.of(key), Conditions.notEqual(key, value), watch, process, handler);
  }

  default ManagedProcess<Void> callWhenNotEqual(
      String key, Object value, WatchOptions watch, SnapshotHandler handler) {
    return callWhenNotEqual(key, value, watch, ProcessOptions.defaults(), handler);
  }

  default ManagedProcess<Void> callWhenNotEqual(String key, Object value, SnapshotHandler handler) {
    return callWhenNotEqual(key, value, WatchOptions.buffered(), handler);
  }

  /** For commits that leave the key absent or null. */
  default ManagedProcess<Void> callWhenNone(
      String key, WatchOptions watch, ProcessOptions process, SnapshotHandler handler) {
    return callWhen(List.of(key), Conditions.none(key), watch, process, handler);
  }

  default ManagedProcess<Void> callWhenNone(
      String key, WatchOptions watch, SnapshotHandler handler) {
    return callWhenNone(key, watch, ProcessOptions.defaults(), handler);
  }

  default ManagedProcess<Void> callWhenNone(String key, SnapshotHandler handler) {
    return callWhenNone(key, WatchOptions.buffered(), handler);
  }

  /** For commits that leave the key with a value that is not null. */
  default ManagedProcess<Void> callWhenNotNone(
      String key, WatchOptions watch, ProcessOptions process, SnapshotHandler handler) {
    return callWhen(List.of(key), Conditions.notNone(key), watch, process, handler);
  }

  default ManagedProcess<Void> callWhenNotNone(
      String key, WatchOptions watch, SnapshotHandler handler) {
    return callWhenNotNone(key, watch, ProcessOptions.defaults(), handler);
  }

  default ManagedProcess<Void> callWhenNotNone(String key, SnapshotHandler handler) {
    return callWhenNotNone(key, WatchOptions.buffered(), handler);
  }

  /** For commits that leave the key there, with whatever value. */
  default ManagedProcess<Void> callWhenAvailable(
      String key, WatchOptions watch, ProcessOptions process, SnapshotHandler handler) {
    return callWhen(List.of(key), Conditions.available(key), watch, process, handler);
  }

  default ManagedProcess<Void> callWhenAvailable(
      String key, WatchOptions watch, SnapshotHandler handler) {
    return callWhenAvailable(key, watch, ProcessOptions.defaults(), handler);
  }

  default ManagedProcess<Void> callWhenAvailable(String key, SnapshotHandler handler) {
    return callWhenAvailable(key, WatchOptions.buffered(), handler);
  }
}
