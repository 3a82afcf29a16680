package io.zproc.benchmarks.suite;

import io.zproc.Context;
import io.zproc.Pipeline;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.WaitStrategy;
import io.zproc.benchmarks.Lab;
import java.io.IOException;

/** A server in a JVM of its own, and this JVM as its client; both wait alike. */
final class PrivateServer implements AutoCloseable {
  private final Lab lab;
  private final Context context;
  private final long pid;

  private PrivateServer(Lab lab, Context context) {
    this.lab = lab;
    this.context = context;
    pid = context.server().orElseThrow().pid();
    lab.freezer().add(pid);
  }

  static PrivateServer start(Lab lab, WaitStrategy strategy) {
    return new PrivateServer(
        lab,
        Context.builder()
            .serverOptions(ServerOptions.defaults().waitStrategy(strategy))
            .waitStrategy(strategy)
            .open());
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

  /** Gives each key a long. */
  void fill(String[] keys) {
    try (Pipeline<String, Object> pipeline = state().pipeline()) {
      for (int i = 0; i < keys.length; i++) {
        pipeline.putLong(keys[i], (long) i << 20);
      }
    }
  }

  @Override
  public void close() throws IOException {
    lab.freezer().remove(pid);
    context.close();
  }
}
