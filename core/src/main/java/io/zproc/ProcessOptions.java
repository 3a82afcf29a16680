package io.zproc;

import java.io.Serializable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How a process is started and when it is tried again; immutable, each method gives a changed copy.
 * What is not given comes from the context's process defaults, and then from the defaults named
 * here.
 *
 * <pre>{@code
 * ProcessOptions.defaults().retryFor(IOException.class).retryDelay(Duration.ofSeconds(1))
 * }</pre>
 */
public final class ProcessOptions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What {@link #maxRetries()} gives when there is no limit. */
  public static final int UNLIMITED = -1;

  private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

  private static final ProcessOptions DEFAULTS = new ProcessOptions(Choices.none(Option.class));

  private enum Option {
    BACKEND,
    START,
    RETRY_FOR,
    RETRY_FOR_SIGNALS,
    RETRY_DELAY,
    MAX_RETRIES,
    ON_RETRY,
    JVM_FLAGS
  }

  private final Choices<Option> given;

  private ProcessOptions(Choices<Option> given) {
    this.given = given;
  }

  /** A JVM of its own, started at once, never retried. */
  public static ProcessOptions defaults() {
    return DEFAULTS;
  }

  /** Where the target runs; {@link Backend#PROCESS} without it. */
  public ProcessOptions backend(Backend value) {
    return with(Option.BACKEND, Objects.requireNonNull(value, "backend"));
  }

  /** Whether the process is started when it is made; true without it. */
  public ProcessOptions start(boolean value) {
    return with(Option.START, value);
  }

  /**
   * Runs the target again, in the same process, when it throws one of these or a subclass. {@code
   * Exception.class} is any exception.
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final ProcessOptions retryFor(Class<? extends Throwable>... values) {
    return with(Option.RETRY_FOR, List.of(values));
  }

  /**
   * Starts a new process for the target when one of these signals has ended it. Where {@link
   * Signals#toException} turns the signal into an exception, the target runs again in the same
   * process. Not after {@link ManagedProcess#stop}.
   */
  public ProcessOptions retryForSignals(Signals... values) {
    EnumSet<Signals> signals = EnumSet.noneOf(Signals.class);
    signals.addAll(List.of(values));
    return with(Option.RETRY_FOR_SIGNALS, signals);
  }

  /** How long to wait before each retry; 5 s without it. */
  public ProcessOptions retryDelay(Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("retryDelay=" + value + " is negative");
    }
    return with(Option.RETRY_DELAY, value);
  }

  /**
   * How often to retry before the exception or signal ends the process; for ever without it. The
   * target runs once more than that.
   */
  public ProcessOptions maxRetries(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("maxRetries=" + value + "; leave it out for no limit");
    }
    return with(Option.MAX_RETRIES, value);
  }

  /** Runs this in place of the target of {@code process} when it is retried. */
  public ProcessOptions onRetry(ProcessTarget<?> value) {
    return with(Option.ON_RETRY, Objects.requireNonNull(value, "onRetry"));
  }

  /** As {@link #onRetry}, for {@code processWithContext}. */
  public ProcessOptions onRetryWithContext(ContextTarget<?> value) {
    return with(Option.ON_RETRY, Objects.requireNonNull(value, "onRetry"));
  }

  /** As {@link #onRetry}, for {@code processStateless}. */
  public ProcessOptions onRetryStateless(StatelessTarget<?> value) {
    return with(Option.ON_RETRY, Objects.requireNonNull(value, "onRetry"));
  }

  /**
   * Flags for the JVM of {@link Backend#PROCESS}, such as {@code -Xmx64m} or {@code -Dname=value};
   * it inherits none of this JVM's. Such a process is never taken from the spares.
   */
  public ProcessOptions jvmFlags(String... values) {
    return with(Option.JVM_FLAGS, List.of(values));
  }

  private ProcessOptions with(Option option, Object value) {
    return new ProcessOptions(given.with(option, value));
  }

  /** These options, and where they leave something open, those. */
  public ProcessOptions orElse(ProcessOptions others) {
    return new ProcessOptions(given.orElse(others.given));
  }

  public Backend backend() {
    return given.get(Option.BACKEND, Backend.PROCESS);
  }

  public boolean isStart() {
    return given.get(Option.START, true);
  }

  public List<Class<? extends Throwable>> retryFor() {
    return given.get(Option.RETRY_FOR, List.of());
  }

  public Set<Signals> retryForSignals() {
    Set<Signals> signals = given.get(Option.RETRY_FOR_SIGNALS, Set.of());
    return Set.copyOf(signals);
  }

  public Duration retryDelay() {
    return given.get(Option.RETRY_DELAY, RETRY_DELAY);
  }

  /** The limit, or {@link #UNLIMITED}. */
  public int maxRetries() {
    return given.get(Option.MAX_RETRIES, UNLIMITED);
  }

  /** The target that is run on retry; null for the same one. */
  public Serializable onRetry() {
    return given.get(Option.ON_RETRY, null);
  }

  public List<String> jvmFlags() {
    return given.get(Option.JVM_FLAGS, List.of());
  }
}
