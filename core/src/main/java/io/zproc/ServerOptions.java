package io.zproc;

import java.util.List;
import java.util.Objects;

/**
 * How a server runs; immutable, each method gives a changed copy.
 *
 * <pre>
 * {@code ServerOptions.defaults().waitStrategy(WaitStrategy.BUSY_SPIN).maxStateBytes(8L << 30)}
 * </pre>
 */
public final class ServerOptions {
  private static final long LEAST_BYTES = 1 << 20;
  private static final long MOST_BYTES = 4L << 30;

  private static final ServerOptions DEFAULTS = new ServerOptions(Choices.none(Option.class));

  private enum Option {
    BACKEND,
    WAIT_STRATEGY,
    MAX_STATE_BYTES,
    MAX_JOURNAL_BYTES,
    DETACHED,
    LISTEN,
    SECRET_KEY,
    INSECURE,
    ENCRYPTED
  }

  private final Choices<Option> given;

  private ServerOptions(Choices<Option> given) {
    this.given = given;
    if (encrypted() && secretKey() == null) {
      throw new IllegalArgumentException(
          "encrypt() needs a secret key, of which its keys are made: call secretKey(key) first");
    }
  }

  private ServerOptions with(Option option, Object value) {
    return new ServerOptions(given.with(option, value));
  }

  /** A process of its own, spin then block, a state up to 4 GiB, a journal up to 4 GiB. */
  public static ServerOptions defaults() {
    return DEFAULTS;
  }

  /** Where it runs. */
  public ServerOptions backend(ServerBackend value) {
    return with(Option.BACKEND, Objects.requireNonNull(value, "backend"));
  }

  /** How it waits for commands. */
  public ServerOptions waitStrategy(WaitStrategy value) {
    return with(Option.WAIT_STRATEGY, Objects.requireNonNull(value, "waitStrategy"));
  }

  /** The most that slots may take, in bytes. */
  public ServerOptions maxStateBytes(long value) {
    return with(Option.MAX_STATE_BYTES, atLeastOneMiB("maxStateBytes", value));
  }

  /**
   * The most that the journal may take, with checkpoints of the state, in bytes. When it is reached
   * the oldest commits are forgotten; about half of it stays for watchers that are behind. At least
   * four times what the state takes, or commits are refused.
   */
  public ServerOptions maxJournalBytes(long value) {
    return with(Option.MAX_JOURNAL_BYTES, atLeastOneMiB("maxJournalBytes", value));
  }

  private static long atLeastOneMiB(String name, long value) {
    if (value < LEAST_BYTES) {
      throw new IllegalArgumentException(name + "=" + value + " is below 1 MiB");
    }
    return value;
  }

  /** Whether a server process goes on when the process that started it ends. */
  public ServerOptions detached(boolean value) {
    return with(Option.DETACHED, value);
  }

  /**
   * Replaces the addresses at which clients of other hosts reach it, besides its own, such as
   * {@code tcp://0.0.0.0:50001}; port 0 stands for any that is free.
   */
  public ServerOptions listen(List<String> value) {
    return with(Option.LISTEN, List.copyOf(value));
  }

  /** As {@link #listen(List)}, for one address. */
  public ServerOptions listen(String value) {
    return listen(List.of(value));
  }

  /** Signs what goes over a network; null for no key. */
  public ServerOptions secretKey(String value) {
    if (value != null && value.isEmpty()) {
      throw new IllegalArgumentException("the secret key is empty");
    }
    return with(Option.SECRET_KEY, value);
  }

  /** Without a secret key a server listens on loopback only, unless this is true. */
  public ServerOptions insecure(boolean value) {
    return with(Option.INSECURE, value);
  }

  /**
   * Serves those clients of other hosts only who encrypt what they send, with keys that are made of
   * the secret key, which has to be set first. Without it, such clients are served beside others.
   */
  public ServerOptions encrypt() {
    return with(Option.ENCRYPTED, true);
  }

  public ServerBackend backend() {
    return given.get(Option.BACKEND, ServerBackend.PROCESS);
  }

  public WaitStrategy waitStrategy() {
    return given.get(Option.WAIT_STRATEGY, WaitStrategy.SPIN_THEN_BLOCK);
  }

  public long maxStateBytes() {
    return given.get(Option.MAX_STATE_BYTES, MOST_BYTES);
  }

  public long maxJournalBytes() {
    return given.get(Option.MAX_JOURNAL_BYTES, MOST_BYTES);
  }

  public boolean detached() {
    return given.get(Option.DETACHED, false);
  }

  public List<String> listen() {
    return given.get(Option.LISTEN, List.of());
  }

  /** The key, or null. */
  public String secretKey() {
    return given.get(Option.SECRET_KEY, null);
  }

  public boolean insecure() {
    return given.get(Option.INSECURE, false);
  }

  public boolean encrypted() {
    return given.get(Option.ENCRYPTED, false);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    String text =
        "%s %s state<=%d journal<=%d"
            .formatted(backend(), waitStrategy(), maxStateBytes(), maxJournalBytes());
    return listen().isEmpty() ? text : text + " " + listen();
  }
}
