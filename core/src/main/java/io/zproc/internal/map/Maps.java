package io.zproc.internal.map;

import io.zproc.Context;
import io.zproc.MapFunction;
import io.zproc.MapOptions;
import io.zproc.MapResults;
import io.zproc.MapTask;
import io.zproc.StatefulMapFunction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** The maps of one context. Thread-safe; its monitor guards the pools. */
public final class Maps {
  private final Board board;
  private final WorkerLauncher launcher;
  private final String namespace;
  private final List<Pool> retired = new ArrayList<>();
  private Pool pool;

  public Maps(Context context) {
    this(context, new ThreadLauncher(context));
  }

  Maps(Context context, WorkerLauncher launcher) {
    this.board = new Board(context);
    this.launcher = launcher;
    this.namespace = context.namespace();
  }

  public <T, R> MapTask submit(
      MapFunction<T, R> function, Iterator<? extends T> items, MapOptions options) {
    return submitTarget(MapTarget.of(Objects.requireNonNull(function, "function")), items, options);
  }

  public <T, R> MapTask submitWithState(
      StatefulMapFunction<T, R> function, Iterator<? extends T> items, MapOptions options) {
    return submitTarget(
        MapTarget.ofStateful(Objects.requireNonNull(function, "function")), items, options);
  }

  private MapTask submitTarget(MapTarget target, Iterator<?> items, MapOptions options) {
    Objects.requireNonNull(items, "items");
    byte[] function = target.toBytes();
    return new MapTask(pool(options.fresh()).submit(function, items, options).toString());
  }

  private synchronized Pool pool(boolean fresh) {
    if (pool != null && fresh) {
      pool.retire();
      retired.add(pool);
      pool = null;
    }
    if (pool == null) {
      pool = new Pool(board, launcher, namespace);
    }
    return pool;
  }

  public <R> MapResults<R> pull(String task) {
    return new Puller<>(board, TaskId.parse(task));
  }

  public synchronized void close() {
    retired.forEach(Pool::close);
    if (pool != null) {
      pool.close();
    }
  }
}
