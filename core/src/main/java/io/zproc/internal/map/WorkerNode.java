package io.zproc.internal.map;

import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.ProcessOptions;
import io.zproc.ZProcException;
import io.zproc.internal.admission.Admission;
import io.zproc.internal.process.ConnectionSettings;
import io.zproc.internal.process.ProcessGroup;
import io.zproc.internal.process.ProcessIdentity;
import io.zproc.internal.signal.SignalDelivery;
import io.zproc.spi.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers for the maps of any context of a server, and their supervisor: starts one for another
 * that ends, answers who asks whether it is still there, and registers again when it was taken for
 * dead. While the server is away, it tries again and again.
 *
 * <p>Thread-safe: its monitor guards the registration and the workers. The state is used under it,
 * but nobody waits under it for a worker to end.
 */
public final class WorkerNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerNode.class);
  private static final long PAUSE_MS = 1_000;
  private static final long SHORT_LIFE_NS = 1_000_000_000;

  private final Context context;
  private final Board board;
  private final NodeBook book;
  private final ProcessGroup group;
  private final WorkerLauncher launcher;
  private final List<String> allowed;
  private final String name;
  private final List<ManagedProcess<?>> workers;
  private NodeKeys keys;
  private long id;
  private boolean closed;

  private WorkerNode(
      ConnectionSettings settings, ProcessOptions options, int count, List<String> allowed) {
    this.allowed = List.copyOf(allowed);
    this.name = "worker node " + hostName() + " (pid " + ProcessHandle.current().pid() + ")";
    this.workers = new ArrayList<>(Collections.nCopies(count, null));
    this.context = settings.open();
    this.board = new Board(context);
    this.book = new NodeBook(board);
    this.group = new ProcessGroup(context, settings, ProcessOptions.defaults(), 0);
    this.launcher = new WorkerLauncher(group, options);
  }

  /**
   * Registers a node and starts its workers.
   *
   * @param options of the workers' processes
   * @param count how many workers
   * @param allowed patterns of the classes that workers may read, see {@link Admission}
   * @throws IllegalArgumentException when a pattern is none, or when tasks would come over a
   *     network from whoever wants to send some
   */
  public static WorkerNode open(
      ConnectionSettings settings, ProcessOptions options, int count, List<String> allowed) {
    if (!Address.parse(settings.address()).scheme().equals("ipc") && settings.secretKey() == null) {
      throw new IllegalArgumentException(
          "tasks that come over a network are taken only with a secret key: set ZPROC_SECRET_KEY,"
              + " or give --secret-key-file");
    }
    new Admission("", allowed); // complains
    WorkerNode node = new WorkerNode(settings, options, count, allowed);
    try {
      node.start();
      return node;
    } catch (RuntimeException | Error e) {
      node.close();
      throw e;
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "on an unknown host";
    }
  }

  private synchronized void start() {
    register();
    for (int index = 0; index < workers.size(); index++) {
      launch(index);
    }
    Thread supervisor = new Thread(this::supervise, "zproc-node");
    supervisor.setDaemon(true);
    supervisor.start();
  }

  private void register() {
    id = TaskBook.newId();
    List<Long> none = Collections.nCopies(workers.size(), 0L);
    keys = book.register(new NodeRecord(id, ProcessIdentity.here(), name, none));
  }

  private void launch(int index) {
    NodeTicket ticket = new NodeTicket(keys.number, id, index, TaskBook.newId());
    if (!book.enlist(ticket)) {
      register();
      ticket = new NodeTicket(keys.number, id, index, TaskBook.newId());
      book.enlist(ticket);
    }
    workers.set(index, launch(ticket));
  }

  private ManagedProcess<?> launch(NodeTicket ticket) {
    NodeWorker worker = new NodeWorker(ticket, name, allowed);
    long started = System.nanoTime();
    return launcher.launch(
        worker::run,
        "zproc-worker-" + ticket.index(),
        process -> {
          retry(
              () ->
                  new Release(board, Release.isKill(process.exitCode().orElse(0)))
                      .workerDied(ticket));
          if (System.nanoTime() - started < SHORT_LIFE_NS) {
            pause(); // The next one will hardly do better.
          }
          retry(() -> replace(ticket.index()));
        });
  }

  private synchronized void replace(int index) {
    if (!closed) {
      launch(index);
    }
  }

  private void supervise() {
    while (!isClosed()) {
      retry(this::attend);
    }
  }

  /** Waits until somebody asks or the registration is gone; either way, that is changed. */
  private void attend() {
    NodeKeys mine;
    synchronized (this) {
      mine = keys;
    }
    Runnable action = board.bells.await(mine.asked, () -> lookFor(mine));
    action.run();
  }

  private Runnable lookFor(NodeKeys mine) {
    NodeRecord node = board.nodes.get(mine.record);
    long asked = board.bells.read(mine.asked);
    if (!isMine(node)) {
      return this::registerAgain;
    }
    if (asked > board.bells.read(mine.answered)) {
      return () -> board.bells.state.replace(mine.answered, asked);
    }
    return null;
  }

  private synchronized boolean isMine(NodeRecord node) {
    return node != null && node.id() == id;
  }

  /** The workers see by themselves that they do not belong to it any more, and end. */
  private synchronized void registerAgain() {
    if (!closed && !isMine(board.nodes.get(keys.record))) {
      LOG.warn("{} was taken for dead, and registers again", name);
      register();
    }
  }

  private void retry(Runnable action) {
    while (!isClosed()) {
      try {
        action.run();
        return;
      } catch (ClosedException e) {
        return;
      } catch (ZProcException e) {
        LOG.warn("{} tries again: {}", name, e.getMessage());
        pause();
      }
    }
  }

  private synchronized void pause() {
    try {
      if (!closed) {
        TimeUnit.MILLISECONDS.timedWait(this, PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** What people know it by. */
  public String name() {
    return name;
  }

  /** The pids of the workers that run now. */
  public synchronized List<Long> pids() {
    return workers.stream()
        .filter(Objects::nonNull)
        .filter(ManagedProcess::isAlive)
        .map(worker -> worker.pid().orElse(0))
        .toList();
  }

  /**
   * Waits until the node is closed.
   *
   * @throws ZProcException when the thread is interrupted; by a signal, that signal's
   */
  public synchronized void awaitClose() {
    try {
      while (!closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SignalDelivery.interrupted("interrupted while waiting for " + name + " to end");
    }
  }

  /** Gives to others what the workers have claimed, and ends the workers. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      notifyAll();
    }
    try {
      unregister();
      group.close(false);
    } finally {
      context.close();
    }
  }

  private void unregister() {
    try {
      if (keys != null) {
        book.leave(keys, id);
      }
    } catch (ZProcException e) {
      LOG.warn("what the state knows of {} stays there: {}", name, e.getMessage());
    }
  }
}
