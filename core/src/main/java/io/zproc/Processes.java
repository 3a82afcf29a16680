package io.zproc;

import io.zproc.internal.process.Waiting;
import java.time.Duration;
import java.util.List;

/**
 * What a context does with processes. There are three ways to start one, by what its target is
 * given. Each is started at once, unless the options say {@code start(false)}. Options override the
 * context's process defaults one by one.
 *
 * <p>All three throw {@link TargetNotSerializableException} when the target captures something that
 * can not be sent; nothing is started then.
 */
public interface Processes {

  /**
   * A process whose target is given the state.
   *
   * <pre>{@code
   * ManagedProcess<Long> sum = ctx.process(state -> state.add("total", 5));
   * long total = sum.await();
   * }</pre>
   */
  default <R> ManagedProcess<R> process(ProcessTarget<R> target) {
    return process(ProcessOptions.defaults(), target);
  }

  <R> ManagedProcess<R> process(ProcessOptions options, ProcessTarget<R> target);

  /** A process whose target is given a context, to start processes that share the same state. */
  default <R> ManagedProcess<R> processWithContext(ContextTarget<R> target) {
    return processWithContext(ProcessOptions.defaults(), target);
  }

  <R> ManagedProcess<R> processWithContext(ProcessOptions options, ContextTarget<R> target);

  /** A process whose target is given nothing. */
  default <R> ManagedProcess<R> processStateless(StatelessTarget<R> target) {
    return processStateless(ProcessOptions.defaults(), target);
  }

  <R> ManagedProcess<R> processStateless(ProcessOptions options, StatelessTarget<R> target);

  /** The processes that were made, in the order in which they were made; unmodifiable. */
  List<ManagedProcess<?>> processes();

  /** Starts those of {@link #processes} that were not started. */
  void startAll();

  /**
   * Stops all {@link #processes} together.
   *
   * @return their exit codes, in their order
   */
  List<Integer> stopAll();

  /**
   * Waits for all {@link #processes}.
   *
   * @return their results, in their order
   * @throws ProcessWaitException of the first in this order that did not return
   */
  default List<Object> awaitAll() {
    return Waiting.forResults(processes(), Waiting.FOR_EVER);
  }

  /**
   * As {@link #awaitAll()}.
   *
   * @param timeout for all together
   * @throws ZProcTimeoutException when it is over first; the processes go on
   */
  default List<Object> awaitAll(Duration timeout) {
    return Waiting.forResults(processes(), timeout);
  }

  /** As {@link #awaitAll()}, with exceptions in place of the results that there are not. */
  default List<Object> awaitAllSafely() {
    return Waiting.forResultsOrExceptions(processes(), Waiting.FOR_EVER);
  }

  /** As {@link #awaitAllSafely()}, with a timeout for all together. */
  default List<Object> awaitAllSafely(Duration timeout) {
    return Waiting.forResultsOrExceptions(processes(), timeout);
  }
}
