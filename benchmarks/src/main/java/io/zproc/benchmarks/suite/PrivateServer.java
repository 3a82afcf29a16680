package io.zproc.benchmarks.suite;

import io.zproc.Context;
import io.zproc.ContextBuilder;
import io.zproc.Pipeline;
import io.zproc.Server;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.ZProc;
import io.zproc.benchmarks.Lab;
import java.io.IOException;
import java.util.List;

/** A server in a JVM of its own, already warm, and this JVM as its client; both wait alike. */
final class PrivateServer implements AutoCloseable {
  /** Enough commits for the server's JVM to compile all it needs with C2. */
  private static final int WARM_UP_COMMITS = 30_000;

  private static final int WARM_UP_ROUND_TRIPS = 3_000;

  private static final String[] WARM_UP_KEY = {"warm-up"};

  private final Lab lab;
  private final Context context;
  private final Server remote;
  private final long pid;

  private PrivateServer(Lab lab, Context context, Server remote) {
    this.lab = lab;
    this.context = context;
    this.remote = remote;
    pid = remote == null ? context.server().orElseThrow().pid() : remote.pid();
    lab.freezer().add(pid);
  }

  static PrivateServer start(Lab lab, WaitStrategy strategy) throws IOException {
    lab.freezer().noneRunning();
    PrivateServer server =
        new PrivateServer(
            lab,
            Context.builder()
                .serverOptions(ServerOptions.defaults().waitStrategy(strategy))
                .waitStrategy(strategy)
                .open(),
            null);
    server.fill(WARM_UP_KEY, WARM_UP_COMMITS);
    return server;
  }

  Context context() {
    return context;
  }

  /** One that is reached over tcp; signed if there is a key, else null. */
  static PrivateServer startRemote(Lab lab, WaitStrategy strategy, String secretKey)
      throws IOException {
    ServerOptions options = ServerOptions.defaults().waitStrategy(strategy).secretKey(secretKey);
    return startRemote(lab, options, Context.builder().secretKey(secretKey));
  }

  /** One that is reached over tcp, encrypted. */
  static PrivateServer startEncrypted(Lab lab, WaitStrategy strategy, String secretKey)
      throws IOException {
    ServerOptions options = ServerOptions.defaults().waitStrategy(strategy).secretKey(secretKey);
    return startRemote(lab, options.encrypt(), Context.builder().secretKey(secretKey).encrypt());
  }

  private static PrivateServer startRemote(Lab lab, ServerOptions options, ContextBuilder client)
      throws IOException {
    lab.freezer().noneRunning();
    Server remote = ZProc.startServer("tcp://127.0.0.1:0", options);
    Context context = client.address(remote.address()).waitStrategy(options.waitStrategy()).open();
    PrivateServer server = new PrivateServer(lab, context, remote);
    server.fill(WARM_UP_KEY, WARM_UP_COMMITS);
    for (int i = 0; i < WARM_UP_ROUND_TRIPS; i++) {
      server.state().putLong(WARM_UP_KEY[0], i);
    }
    return server;
  }

  State<String, Object> state() {
    return context.state();
  }

  long pid() {
    return pid;
  }

  String address() {
    return context.address();
  }

  /** Makes it its turn, outside of a race. */
  PrivateServer use() throws IOException {
    lab.freezer().onlyRunning(List.of(pid));
    return this;
  }

  /** Gives each key a long. */
  void fill(String[] keys) {
    fill(keys, keys.length);
  }

  /** Gives another namespace so many keys with a long each. */
  void fillOther(String namespace, int keys) {
    State<String, Object> other = context.state(namespace);
    try (Pipeline<String, Object> pipeline = other.pipeline()) {
      for (int i = 0; i < keys; i++) {
        pipeline.putLong("key " + i, i);
      }
    }
  }

  private void fill(String[] keys, int puts) {
    try (Pipeline<String, Object> pipeline = state().pipeline()) {
      for (int i = 0; i < puts; i++) {
        pipeline.putLong(keys[i % keys.length], (long) i << 20);
      }
    }
  }

  @Override
  public void close() throws IOException {
    lab.freezer().remove(pid);
    context.close();
    if (remote != null) {
      remote.close();
    }
  }
}
