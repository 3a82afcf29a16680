package io.zproc;

import io.zproc.codec.Codec;
import io.zproc.codec.PlainCodec;
import io.zproc.internal.process.ConnectionSettings;
import io.zproc.internal.state.CurrentClient;
import io.zproc.internal.state.States;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a program begins: a connection to a server, and the states on it. Thread-safe.
 *
 * <pre>{@code
 * try (Context ctx = Context.open()) {
 *   ctx.state().put("apples", 2);
 * }
 * }</pre>
 *
 * <p>Closing a context stops its processes, closes its states and watches, wakes whoever waits in
 * them with {@link ClosedException}, and stops the server if the context started it.
 */
public final class Context implements Processes, CallWhen, ItemMapper, AutoCloseable {
  /** How long the end of a JVM may be held up by a server that does not answer. */
  private static final Duration AT_EXIT = Duration.ofSeconds(1);

  private final String namespace;
  private final PlainCodec codec;
  private final Server server;
  private final CurrentClient client;
  private final boolean awaitOnClose;
  private final ContextProcesses started;
  private State<String, Object> state;

  /**
   * @param server the private one, or null
   */
  Context(ContextBuilder builder, Server server, CurrentClient client) {
    this.server = server;
    this.client = client;
    ConnectionSettings settings = builder.settings(client.address());
    namespace = settings.namespace();
    codec = settings.codec();
    awaitOnClose = builder.isAwaitOnClose();
    Runnable atExit = builder.isCleanup() ? this::closeAtExit : null;
    started =
        new ContextProcesses(
            this, settings, builder.processDefaults(), builder.spareProcesses(), atExit);
    if (builder.spareProcesses() > 0) {
      started.group();
    }
  }

  /** Starts a private server at a random address and connects to it. */
  public static Context open() {
    return builder().open();
  }

  /**
   * Connects to a running server.
   *
   * @throws ServerDownException when there is none
   */
  public static Context open(String address) {
    return builder().address(Objects.requireNonNull(address, "address")).open();
  }

  public static ContextBuilder builder() {
    return new ContextBuilder();
  }

  /** The state of this context's namespace; the same object each time. */
  public synchronized State<String, Object> state() {
    if (state == null) {
      state = state(namespace);
    }
    return state;
  }

  /** Another state, of a namespace that is made if it is new. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public State<String, Object> state(String name) {
    return (State) States.open(client, name, codec, codec);
  }

  /**
   * A state whose keys and values are of one class each, see {@link
   * io.zproc.codec.Codecs#forClass}.
   */
  public <K, V> State<K, V> state(String name, Class<K> keys, Class<V> values) {
    return States.open(client, name, keys, values);
  }

  /** A state with codecs of one's own. */
  public <K, V> State<K, V> state(String name, Codec<K> keys, Codec<V> values) {
    return States.open(client, name, keys, values);
  }

  @Override
  public <R> ManagedProcess<R> process(ProcessOptions options, ProcessTarget<R> target) {
    return started.group().start(options, target);
  }

  @Override
  public <R> ManagedProcess<R> processWithContext(ProcessOptions options, ContextTarget<R> target) {
    return started.group().startWithContext(options, target);
  }

  @Override
  public <R> ManagedProcess<R> processStateless(ProcessOptions options, StatelessTarget<R> target) {
    return started.group().startStateless(options, target);
  }

  /**
   * Several processes of each target.
   *
   * @param count how many of each
   * @return {@code count} of the first target, then of the next
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final <R> List<ManagedProcess<R>> processFactory(int count, ProcessTarget<R>... targets) {
    return processFactory(ProcessOptions.defaults(), count, targets);
  }

  /** As {@link #processFactory(int, ProcessTarget[])}. */
  @SafeVarargs
  public final <R> List<ManagedProcess<R>> processFactory(
      ProcessOptions options, int count, ProcessTarget<R>... targets) {
    List<ManagedProcess<R>> made = new ArrayList<>(count * targets.length);
    for (ProcessTarget<R> target : targets) {
      for (int i = 0; i < count; i++) {
        made.add(process(options, target));
      }
    }
    return Collections.unmodifiableList(made);
  }

  @Override
  public ManagedProcess<Void> callWhenChange(
      Collection<String> keys,
      WatchOptions watch,
      ProcessOptions process,
      SnapshotHandler handler) {
    return started.group().callWhen(keys, null, watch, process, handler);
  }

  @Override
  public ManagedProcess<Void> callWhen(
      Collection<String> keys,
      SnapshotPredicate test,
      WatchOptions watch,
      ProcessOptions process,
      SnapshotHandler handler) {
    return started
        .group()
        .callWhen(keys, Objects.requireNonNull(test, "test"), watch, process, handler);
  }

  @Override
  public List<ManagedProcess<?>> processes() {
    return started.group().processes();
  }

  @Override
  public void startAll() {
    started.group().startAll();
  }

  @Override
  public List<Integer> stopAll() {
    return started.group().stopAll();
  }

  /** How many of the {@link ContextBuilder#spareProcesses} are warm now. */
  public int warmSpares() {
    return started.group().warmSpares();
  }

  @Override
  public <T, R> MapTask submitMap(
      MapFunction<? super T, ? extends R> function,
      Iterator<? extends T> items,
      MapOptions options) {
    return started.maps().submit(function, items, options);
  }

  @Override
  public <T, R> MapTask submitMapWithState(
      StatefulMapFunction<? super T, ? extends R> function,
      Iterator<? extends T> items,
      MapOptions options) {
    return started.maps().submit(function, items, options);
  }

  @Override
  public <R> MapResults<R> pullResults(String task) {
    return started.maps().pull(task);
  }

  /** The workers of maps, which are not among {@link #processes()}; unmodifiable. */
  public List<ManagedProcess<?>> workers() {
    return started.maps().workers();
  }

  /** The server that this context has started for itself. */
  public Optional<Server> server() {
    return Optional.ofNullable(server);
  }

  public String address() {
    return client.address();
  }

  public String namespace() {
    return namespace;
  }

  /**
   * Asks the server for its pid.
   *
   * @throws ServerDownException when none answers in time
   */
  public long ping(Duration timeout) {
    return client.ping(timeout);
  }

  /**
   * What the server counts and knows of itself, such as {@code revision}, {@code keys} or {@code
   * journal_bytes}. Names and their order are for people to read and may change.
   */
  public Map<String, String> statistics() {
    return client.statistics();
  }

  /** Stops the processes of this context, or waits for them if it was made to. Idempotent. */
  @Override
  public void close() {
    close(awaitOnClose);
  }

  private void closeAtExit() {
    client.hurry(AT_EXIT);
    close(false);
  }

  private void close(boolean afterProcesses) {
    try {
      if (!client.isClosed()) {
        started.close(afterProcesses);
      }
    } finally {
      try {
        client.close();
      } finally {
        if (server != null) {
          server.close();
        }
      }
    }
  }
}
