package io.zproc;

import io.zproc.codec.PlainCodec;
import io.zproc.internal.jvm.OpenFiles;
import io.zproc.internal.process.ConnectionSettings;
import io.zproc.internal.state.CurrentClient;
import io.zproc.internal.transport.Transports;
import io.zproc.spi.Address;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Transport;
import java.time.Duration;
import java.util.Objects;

/**
 * What a context can be told, see {@link Context#builder}; everything has a default. Not
 * thread-safe.
 */
public final class ContextBuilder {
  private static final String PRIVATE_SCHEME = "ipc";

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

  ContextBuilder() {}

  /** The server to connect to. Without one, the context starts a private server. */
  public ContextBuilder address(String value) {
    address = value;
    return this;
  }

  /** The namespace of {@link Context#state()}; {@code default} without it. */
  public ContextBuilder namespace(String value) {
    namespace = Objects.requireNonNull(value, "namespace");
    return this;
  }

  /** Signs what goes over a network; the server must have the same. */
  public ContextBuilder secretKey(String value) {
    secretKey = value;
    return this;
  }

  /**
   * Encrypts what goes over a network, with keys that are made of the secret key: nobody on the way
   * can read keys, names or values. This context then talks to nobody who does not. Without effect
   * on {@code ipc} addresses, since what goes over them never leaves the host.
   */
  public ContextBuilder encrypt() {
    encrypt = true;
    return this;
  }

  /** Where the private server runs. */
  public ContextBuilder serverBackend(ServerBackend value) {
    serverOptions = serverOptions.backend(value);
    return this;
  }

  /** How the private server runs. */
  public ContextBuilder serverOptions(ServerOptions value) {
    serverOptions = Objects.requireNonNull(value, "serverOptions");
    return this;
  }

  /** How this client waits for the server and for updates. */
  public ContextBuilder waitStrategy(WaitStrategy value) {
    waitStrategy = Objects.requireNonNull(value, "waitStrategy");
    return this;
  }

  /** How long a command may wait for its reply, a restarting server included; 5 s without it. */
  public ContextBuilder timeout(Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("timeout=" + value + " must be positive");
    }
    timeout = ConnectOptions.bounded(value);
    return this;
  }

  /** The codec of states without types, for one with registered enums and records. */
  public ContextBuilder codec(PlainCodec value) {
    codec = Objects.requireNonNull(value, "codec");
    return this;
  }

  /** What processes of this context are started with where their own options say nothing. */
  public ContextBuilder processDefaults(ProcessOptions value) {
    processDefaults = Objects.requireNonNull(value, "processDefaults");
    return this;
  }

  /**
   * How many JVMs to keep started and connected, so that a process starts within milliseconds; none
   * without it. They take memory, and processor time when they start.
   */
  public ContextBuilder spareProcesses(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("spareProcesses=" + value + " is negative");
    }
    spareProcesses = value;
    return this;
  }

  /** Whether {@link Context#close} waits for processes to end by themselves; false without it. */
  public ContextBuilder awaitOnClose(boolean value) {
    awaitOnClose = value;
    return this;
  }

  /**
   * Whether the context is closed when this JVM ends by itself or by SIGTERM, so that processes are
   * asked to end; true without it. They end in any case: without it, as after a SIGKILL, when they
   * notice that this JVM is gone.
   */
  public ContextBuilder cleanup(boolean value) {
    cleanup = value;
    return this;
  }

  /**
   * Starts the private server, if it is to have one, and connects. A thread that is interrupted
   * does so, too, and stays interrupted.
   *
   * @throws ServerDownException when there is no server at the address
   * @throws AddressException when the address is malformed or its transport is missing
   * @throws IllegalArgumentException when it is to {@link #encrypt} and has no secret key
   */
  public Context open() {
    try {
      return address == null ? openPrivate() : connect(address, null);
    } catch (ZProcException | Error e) {
      OpenFiles.require(e);
      throw e;
    }
  }

  private Context openPrivate() {
    Server server = startServer();
    try {
      return connect(server.address(), server);
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private Context connect(String to, Server server) {
    Address at = Address.parse(to);
    ConnectOptions options = new ConnectOptions(timeout, waitStrategy, secretKey, encrypt);
    CurrentClient client = new CurrentClient(Transports.of(at).connect(at, options));
    try {
      return new Context(this, server, client);
    } catch (RuntimeException | Error e) {
      client.close();
      throw e;
    }
  }

  private Server startServer() {
    Transport transport = Transports.ofScheme(PRIVATE_SCHEME);
    ServerOptions options = secretKey == null ? serverOptions : serverOptions.secretKey(secretKey);
    return transport.startServer(transport.randomAddress(), encrypt ? options.encrypt() : options);
  }

  ConnectionSettings settings(String serverAddress) {
    return new ConnectionSettings(
        serverAddress, namespace, secretKey, encrypt, timeout, waitStrategy, codec);
  }

  ProcessOptions processDefaults() {
    return processDefaults;
  }

  int spareProcesses() {
    return spareProcesses;
  }

  boolean isAwaitOnClose() {
    return awaitOnClose;
  }

  boolean isCleanup() {
    return cleanup;
  }
}
