package io.zproc;

import io.zproc.codec.Codec;
import io.zproc.codec.PlainCodec;
import io.zproc.internal.map.Maps;
import io.zproc.internal.process.ConnectionSettings;
import io.zproc.internal.process.ProcessGroup;
import io.zproc.internal.state.Client;
import io.zproc.internal.state.States;
import io.zproc.internal.transport.Transports;
import io.zproc.spi.Address;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Transport;
import java.time.Duration;
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
 * <p>Closing a context closes its states and watches, wakes whoever waits in them with {@link
 * ClosedException}, and stops the server if the context started it.
 */
public final class Context implements ProcessStarter, ItemMapper, AutoCloseable {
  private static final String PRIVATE_SCHEME = "ipc";

  private final String namespace;
  private final PlainCodec codec;
  private final Server server;
  private final Client client;
  private final ConnectionSettings settings;
  private final ProcessOptions processDefaults;
  private State<String, Object> state;
  private Maps maps;
  private ProcessGroup processes;

  private Context(Builder builder) {
    namespace = builder.namespace;
    codec = builder.codec;
    server = builder.address == null ? builder.startServer() : null;
    Address address = Address.parse(server == null ? builder.address : server.address());
    client = connect(address, builder);
    settings = builder.settings(address.toString());
    processDefaults = builder.processDefaults;
  }

  private Client connect(Address address, Builder builder) {
    try {
      ConnectOptions options =
          new ConnectOptions(builder.timeout, builder.waitStrategy, builder.secretKey);
      return new Client(Transports.of(address).connect(address, options));
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

  /** The processes made by this context, in the order in which they were made; unmodifiable. */
  public List<ManagedProcess<?>> processes() {
    return group().processes();
  }

  /** Made when it is first needed: most contexts start no process. */
  private synchronized ProcessGroup group() {
    if (processes == null) {
      processes = new ProcessGroup(this, settings, processDefaults);
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
      maps = new Maps(this, new ProcessGroup(this, settings, processDefaults));
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

  @Override
  public void close() {
    try {
      closeMaps();
      closeProcesses();
    } finally {
      try {
        client.close();
      } finally {
        closeServer();
      }
    }
  }

  private synchronized void closeProcesses() {
    if (processes != null && !client.isClosed()) {
      processes.close();
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
    private ServerOptions serverOptions = ServerOptions.defaults();
    private WaitStrategy waitStrategy = WaitStrategy.SPIN_THEN_BLOCK;
    private Duration timeout = Duration.ofSeconds(5);
    private PlainCodec codec = PlainCodec.standard();
    private ProcessOptions processDefaults = ProcessOptions.defaults();

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
     * @throws ServerDownException when there is no server at the address
     * @throws AddressException when the address is malformed or its transport is missing
     */
    public Context open() {
      return new Context(this);
    }

    private ConnectionSettings settings(String serverAddress) {
      return new ConnectionSettings(
          serverAddress, namespace, secretKey, timeout, waitStrategy, codec);
    }

    private Server startServer() {
      Transport transport = Transports.ofScheme(PRIVATE_SCHEME);
      ServerOptions options =
          secretKey == null ? serverOptions : serverOptions.secretKey(secretKey);
      return transport.startServer(transport.randomAddress(), options);
    }
  }
}
