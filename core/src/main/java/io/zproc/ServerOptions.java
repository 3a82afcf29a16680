package io.zproc;

import java.util.List;
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
 * @param maxJournalBytes the most that the journal may take, with checkpoints of the state, in
 *     bytes; when it is reached the oldest commits are forgotten, about half of it stays for
 *     watchers that are behind. At least four times what the state takes, or commits are refused
 * @param detached whether a server process goes on when the process that started it ends
 * @param listen addresses at which clients of other hosts reach it, besides its own
 * @param secretKey signs what goes over a network, or null
 * @param insecure whether it may listen beyond loopback without a secret key
 */
public record ServerOptions(
    ServerBackend backend,
    WaitStrategy waitStrategy,
    long maxStateBytes,
    long maxJournalBytes,
    boolean detached,
    List<String> listen,
    String secretKey,
    boolean insecure) {

  private static final ServerOptions DEFAULTS =
      new ServerOptions(
          ServerBackend.PROCESS,
          WaitStrategy.SPIN_THEN_BLOCK,
          4L << 30,
          4L << 30,
          false,
          List.of(),
          null,
          false);

  public ServerOptions {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(waitStrategy, "waitStrategy");
    listen = List.copyOf(listen);
    if (maxStateBytes < 1 << 20) {
      throw new IllegalArgumentException("maxStateBytes=" + maxStateBytes + " is below 1 MiB");
    }
    if (maxJournalBytes < 1 << 20) {
      throw new IllegalArgumentException("maxJournalBytes=" + maxJournalBytes + " is below 1 MiB");
    }
    if (secretKey != null && secretKey.isEmpty()) {
      throw new IllegalArgumentException("the secret key is empty");
    }
  }

  /** A process of its own, spin then block, a state up to 4 GiB, a journal up to 4 GiB. */
  public static ServerOptions defaults() {
    return DEFAULTS;
  }

  public ServerOptions backend(ServerBackend value) {
    return new ServerOptions(
        value, waitStrategy, maxStateBytes, maxJournalBytes, detached, listen, secretKey, insecure);
  }

  public ServerOptions waitStrategy(WaitStrategy value) {
    return new ServerOptions(
        backend, value, maxStateBytes, maxJournalBytes, detached, listen, secretKey, insecure);
  }

  public ServerOptions maxStateBytes(long value) {
    return new ServerOptions(
        backend, waitStrategy, value, maxJournalBytes, detached, listen, secretKey, insecure);
  }

  public ServerOptions maxJournalBytes(long value) {
    return new ServerOptions(
        backend, waitStrategy, maxStateBytes, value, detached, listen, secretKey, insecure);
  }

  public ServerOptions detached(boolean value) {
    return new ServerOptions(
        backend, waitStrategy, maxStateBytes, maxJournalBytes, value, listen, secretKey, insecure);
  }

  /**
   * Replaces the addresses it listens at, such as {@code tcp://0.0.0.0:50001}; port 0 stands for
   * any that is free.
   */
  public ServerOptions listen(List<String> value) {
    return new ServerOptions(
        backend,
        waitStrategy,
        maxStateBytes,
        maxJournalBytes,
        detached,
        value,
        secretKey,
        insecure);
  }

  /** As {@link #listen(List)}, for one address. */
  public ServerOptions listen(String value) {
    return listen(List.of(value));
  }

  public ServerOptions secretKey(String value) {
    return new ServerOptions(
        backend, waitStrategy, maxStateBytes, maxJournalBytes, detached, listen, value, insecure);
  }

  /** Without a secret key a server listens on loopback only, unless this is true. */
  public ServerOptions insecure(boolean value) {
    return new ServerOptions(
        backend, waitStrategy, maxStateBytes, maxJournalBytes, detached, listen, secretKey, value);
  }

  @Override
  public String toString() {
    return backend
        + " "
        + waitStrategy
        + " state<="
        + maxStateBytes
        + " journal<="
        + maxJournalBytes
        + (listen.isEmpty() ? "" : " " + listen);
  }
}
