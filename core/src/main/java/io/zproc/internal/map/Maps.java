package io.zproc.internal.map;

import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.MapOptions;
import io.zproc.MapResults;
import io.zproc.MapTask;
import io.zproc.ProcessOptions;
import io.zproc.internal.process.ProcessGroup;
import io.zproc.internal.process.TargetWriter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** The maps of one context. Thread-safe; its monitor guards the pools. */
public final class Maps {
  private final Board board;
  private final ProcessGroup group;
  private final WorkerLauncher launcher;
  private final String namespace;

  /** The last one is in use; those before it are retired. */
  private final List<Pool> pools = new ArrayList<>();

  private boolean closed;

  /**
   * @param group starts the workers, and nothing else
   */
  public Maps(Context context, ProcessGroup group) {
    this.board = new Board(context);
    this.group = group;
    this.launcher = new WorkerLauncher(group, ProcessOptions.defaults());
    this.namespace = context.namespace();
  }

  /**
   * @param function a {@code MapFunction} or {@code StatefulMapFunction} that takes the items
   */
  public synchronized MapTask submit(Serializable function, Iterator<?> items, MapOptions options) {
    Objects.requireNonNull(items, "items");
    if (closed) {
      throw new ClosedException("the context was closed");
    }
    byte[] bytes = TargetWriter.write(Objects.requireNonNull(function, "function"));
    return new MapTask(pool(options.fresh()).submit(bytes, items, options).toString());
  }

  private Pool pool(boolean fresh) {
    pools.removeIf(Pool::hasEnded);
    Pool last = pools.isEmpty() ? null : pools.get(pools.size() - 1);
    if (last != null && !fresh && last.isThere()) {
      return last;
    }
    if (last != null) {
      last.retire();
    }
    Pool pool = new Pool(board, launcher, namespace);
    pools.add(pool);
    return pool;
  }

  public <R> MapResults<R> pull(String task) {
    return new Puller<>(board, TaskId.parse(task));
  }

  /** The workers that have not ended, those of pools that are about to end first. */
  public synchronized List<ManagedProcess<?>> workers() {
    List<ManagedProcess<?>> workers = new ArrayList<>();
    pools.forEach(each -> workers.addAll(each.workers()));
    return Collections.unmodifiableList(workers);
  }

  /** Ends all tasks and workers. */
  public synchronized void close() {
    closed = true;
    pools.forEach(Pool::close);
    group.close(false);
  }
}
