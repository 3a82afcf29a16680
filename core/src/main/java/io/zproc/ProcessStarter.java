package io.zproc;

/**
 * The three ways to start a process, by what its target is given. Each is started at once, unless
 * the options say {@code start(false)}. Options override the context's process defaults one by one.
 *
 * <p>All throw {@link TargetNotSerializableException} when the target captures something that can
 * not be sent; nothing is started then.
 */
public interface ProcessStarter {

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
}
