package io.zproc;

import java.util.Objects;

/**
 * How a server runs; immutable, each method gives a changed copy.
 *
 * <pre>
 * {@code ServerOptions.defaults().waitStrategy(WaitStrategy.BUSY_SPIN).maxStateBytes(8L << 30)}
 * </pre>
 *
 * @param backend where it runs
 * @param waitStrategy how it waits for commands
 * @param maxStateBytes the most that slots may take, in bytes
 * @param maxJournalBytes the most that the journal may take, in bytes
 * @param detached whether a server process goes on when the process that started it ends
 * @param secretKey signs what goes over a network, or null
 */
public record ServerOptions(
    ServerBackend backend,
    WaitStrategy waitStrategy,
    long maxStateBytes,
    long maxJournalBytes,
    boolean detached,
    String secretKey) {

  private static final ServerOptions DEFAULTS =
      new ServerOptions(
          ServerBackend.PROCESS, WaitStrategy.SPIN_THEN_BLOCK, 4L << 30, 16L << 30, false, null);

  public ServerOptions {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(waitStrategy, "waitStrategy");
    if (maxStateBytes < 1 << 20) {
      throw new IllegalArgumentException("maxStateBytes=" + maxStateBytes + " is below 1 MiB");
    }
    if (maxJournalBytes < 1 << 20) {
      throw new IllegalArgumentException("maxJournalBytes=" + maxJournalBytes + " is below 1 MiB");
    }
  }

  /** A process of its own, spin then block, a state up to 4 GiB, a journal up to 16 GiB. */
  public static ServerOptions defaults() {
    return DEFAULTS;
  }

  public ServerOptions backend(ServerBackend value) {
    return new ServerOptions(
        value, waitStrategy, maxStateBytes, maxJournalBytes, detached, secretKey);
  }

  public ServerOptions waitStrategy(WaitStrategy value) {
    return new ServerOptions(backend, value, maxStateBytes, maxJournalBytes, detached, secretKey);
  }

  public ServerOptions maxStateBytes(long value) {
    return new ServerOptions(backend, waitStrategy, value, maxJournalBytes, detached, secretKey);
  }

  public ServerOptions maxJournalBytes(long value) {
    return new ServerOptions(backend, waitStrategy, maxStateBytes, value, detached, secretKey);
  }

  public ServerOptions detached(boolean value) {
    return new ServerOptions(
        backend, waitStrategy, maxStateBytes, maxJournalBytes, value, secretKey);
  }

  public ServerOptions secretKey(String value) {
    return new ServerOptions(
        backend, waitStrategy, maxStateBytes, maxJournalBytes, detached, value);
  }

  @Override
  public String toString() {
    return backend
        + " "
        + waitStrategy
        + " state<="
        + maxStateBytes
        + " journal<="
        + maxJournalBytes;
  }
}
