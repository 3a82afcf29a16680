package io.zproc;

import io.zproc.codec.Codec;
import io.zproc.codec.PlainCodec;
import io.zproc.internal.map.Maps;
import io.zproc.internal.process.ConnectionSettings;
import io.zproc.internal.process.ExitHook;
import io.zproc.internal.process.ProcessGroup;
import io.zproc.internal.state.CurrentClient;
import io.zproc.internal.state.States;
import io.zproc.internal.transport.Transports;
import io.zproc.spi.Address;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Transport;
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
  private static final String PRIVATE_SCHEME = "ipc";

  /** How long the end of a JVM may be held up by a server that does not answer. */
  private static final Duration AT_EXIT = Duration.ofSeconds(1);

  private final String namespace;
  private final PlainCodec codec;
  private final Server server;
  private final CurrentClient client;
  private final ConnectionSettings settings;
  private final ProcessOptions processDefaults;
  private final int spareProcesses;
  private final boolean awaitOnClose;
  private final boolean cleanup;
  private State<String, Object> state;
  private Maps maps;
  private ProcessGroup processes;
  private ExitHook exitHook;

  private Context(Builder builder) {
    namespace = builder.namespace;
    codec = builder.codec;
    server = builder.address == null ? builder.startServer() : null;
    Address address = Address.parse(server == null ? builder.address : server.address());
    client = connect(address, builder);
    settings = builder.settings(address.toString());
    processDefaults = builder.processDefaults;
    spareProcesses = builder.spareProcesses;
    awaitOnClose = builder.awaitOnClose;
    cleanup = builder.cleanup;
  }

  private CurrentClient connect(Address address, Builder builder) {
    try {
      ConnectOptions options =
          new ConnectOptions(
              builder.timeout, builder.waitStrategy, builder.secretKey, builder.encrypt);
      return new CurrentClient(Transports.of(address).connect(address, options));
    } catch (RuntimeException | Error e) {
      closeServer();
      throw e;
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

  public static Builder builder() {
    return new Builder();
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
    return group().start(options, target);
  }

  @Override
  public <R> ManagedProcess<R> processWithContext(ProcessOptions options, ContextTarget<R> target) {
    return group().startWithContext(options, target);
  }

  @Override
  public <R> ManagedProcess<R> processStateless(ProcessOptions options, StatelessTarget<R> target) {
    return group().startStateless(options, target);
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
    return group().callWhen(keys, null, watch, process, handler);
  }

  @Override
  public ManagedProcess<Void> callWhen(
      Collection<String> keys,
      SnapshotTest test,
      WatchOptions watch,
      ProcessOptions process,
      SnapshotHandler handler) {
    return group().callWhen(keys, Objects.requireNonNull(test, "test"), watch, process, handler);
  }

  @Override
  public List<ManagedProcess<?>> processes() {
    return group().processes();
  }

  @Override
  public void startAll() {
    group().startAll();
  }

  @Override
  public List<Integer> stopAll() {
    return group().stopAll();
  }

  /** How many of the {@link Builder#spareProcesses} are warm now. */
  public int warmSpares() {
    return group().warmSpares();
  }

  /** Made when it is first needed: most contexts start no process. */
  private synchronized ProcessGroup group() {
    if (processes == null) {
      processes = new ProcessGroup(this, settings, processDefaults, spareProcesses);
      exitHook = cleanup ? new ExitHook(this::closeAtExit) : null;
    }
    return processes;
  }

  @Override
  public <T, R> MapTask submitMap(
      MapFunction<? super T, ? extends R> function,
      Iterator<? extends T> items,
      MapOptions options) {
    return maps().submit(function, items, options);
  }

  @Override
  public <T, R> MapTask submitMapWithState(
      StatefulMapFunction<? super T, ? extends R> function,
      Iterator<? extends T> items,
      MapOptions options) {
    return maps().submit(function, items, options);
  }

  @Override
  public <R> MapResults<R> pullResults(String task) {
    return maps().pull(task);
  }

  /** The workers of maps, which are not among {@link #processes()}; unmodifiable. */
  public List<ManagedProcess<?>> workers() {
    return maps().workers();
  }

  private synchronized Maps maps() {
    if (maps == null) {
      maps = new Maps(this, group().sibling());
    }
    return maps;
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
      closeProcesses(afterProcesses);
      closeMaps();
    } finally {
      try {
        client.close();
      } finally {
        closeServer();
      }
    }
  }

  private void closeProcesses(boolean afterwards) {
    ProcessGroup closing;
    synchronized (this) {
      closing = processes;
    }
    if (closing != null && !client.isClosed()) {
      closing.close(afterwards);
      if (exitHook != null) {
        exitHook.close();
      }
    }
  }

  private void closeMaps() {
    Maps open;
    synchronized (this) {
      open = client.isClosed() ? null : maps;
    }
    if (open != null) {
      open.close();
    }
  }

  private void closeServer() {
    if (server != null) {
      server.close();
    }
  }

  /** What a context can be told; everything has a default. */
  public static final class Builder {
    private String address;
    private String namespace = "default";
    private String secretKey;
    private boolean encrypt;
    private ServerOptions serverOptions = ServerOptions.defaults();
    private WaitStrategy waitStrategy = WaitStrategy.SPIN_THEN_BLOCK;
    private Duration timeout = Duration.ofSeconds(5);
    private PlainCodec codec = PlainCodec.standard();
    private ProcessOptions processDefaults = ProcessOptions.defaults();
    private int spareProcesses;
    private boolean awaitOnClose;
    private boolean cleanup = true;

    private Builder() {}

    /** The server to connect to. Without one, the context starts a private server. */
    public Builder address(String value) {
      address = value;
      return this;
    }

    /** The namespace of {@link Context#state()}; {@code default} without it. */
    public Builder namespace(String value) {
      namespace = Objects.requireNonNull(value, "namespace");
      return this;
    }

    /** Signs what goes over a network; the server must have the same. */
    public Builder secretKey(String value) {
      secretKey = value;
      return this;
    }

    /**
     * Encrypts what goes over a network, with keys that are made of the secret key: nobody on the
     * way can read keys, names or values. This context then talks to nobody who does not. Without
     * effect on {@code ipc} addresses, since what goes over them never leaves the host.
     */
    public Builder encrypt() {
      encrypt = true;
      return this;
    }

    /** Where the private server runs. */
    public Builder serverBackend(ServerBackend value) {
      serverOptions = serverOptions.backend(value);
      return this;
    }

    /** How the private server runs. */
    public Builder serverOptions(ServerOptions value) {
      serverOptions = Objects.requireNonNull(value, "serverOptions");
      return this;
    }

    /** How this client waits for the server and for updates. */
    public Builder waitStrategy(WaitStrategy value) {
      waitStrategy = Objects.requireNonNull(value, "waitStrategy");
      return this;
    }

    /** How long a command may wait for its reply, a restarting server included; 5 s without it. */
    public Builder timeout(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("timeout=" + value + " must be positive");
      }
      timeout = value;
      return this;
    }

    /** The codec of states without types, for one with registered enums and records. */
    public Builder codec(PlainCodec value) {
      codec = Objects.requireNonNull(value, "codec");
      return this;
    }

    /** What processes of this context are started with where their own options say nothing. */
    public Builder processDefaults(ProcessOptions value) {
      processDefaults = Objects.requireNonNull(value, "processDefaults");
      return this;
    }

    /**
     * How many JVMs to keep started and connected, so that a process starts within milliseconds;
     * none without it. They take memory, and processor time when they start.
     */
    public Builder spareProcesses(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("spareProcesses=" + value + " is negative");
      }
      spareProcesses = value;
      return this;
    }

    /** Whether {@link Context#close} waits for processes to end by themselves; false without it. */
    public Builder awaitOnClose(boolean value) {
      awaitOnClose = value;
      return this;
    }

    /**
     * Whether the context is closed when this JVM ends by itself or by SIGTERM, so that processes
     * are asked to end; true without it. They end in any case: without it, as after a SIGKILL, when
     * they notice that this JVM is gone.
     */
    public Builder cleanup(boolean value) {
      cleanup = value;
      return this;
    }

    /**
     * @throws ServerDownException when there is no server at the address
     * @throws AddressException when the address is malformed or its transport is missing
     * @throws IllegalArgumentException when it is to {@link #encrypt} and has no secret key
     */
    public Context open() {
      Context context = new Context(this);
      if (spareProcesses > 0) {
        context.group();
      }
      return context;
    }

    private ConnectionSettings settings(String serverAddress) {
      return new ConnectionSettings(
          serverAddress, namespace, secretKey, encrypt, timeout, waitStrategy, codec);
    }

    private Server startServer() {
      Transport transport = Transports.ofScheme(PRIVATE_SCHEME);
      ServerOptions options =
          secretKey == null ? serverOptions : serverOptions.secretKey(secretKey);
      return transport.startServer(
          transport.randomAddress(), encrypt ? options.encrypt() : options);
    }
  }
}
