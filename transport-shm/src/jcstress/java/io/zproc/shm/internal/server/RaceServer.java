package io.zproc.shm.internal.server;

import io.zproc.WaitStrategy;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.PlainCodec;
import io.zproc.codec.PlainNumbers;
import io.zproc.internal.jvm.Opens;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.shm.ShmTransport;
import io.zproc.shm.internal.journal.JournalWriter;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.internal.os.Helper;
import io.zproc.shm.internal.os.LockFile;
import io.zproc.shm.testing.TestThreads;
import io.zproc.spi.Address;
import io.zproc.spi.ConnectOptions;
import io.zproc.spi.Connection;
import io.zproc.testing.TestDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;

/**
 * A server without a thread of its own: whoever calls is its thread. So one actor of a race is the
 * writer of a real directory, while the other reads there as a client does. One for each JVM.
 */
public final class RaceServer {
  public static final String NAMESPACE = "races";

  /** The journal ends at this size, then {@link #commit} does nothing. */
  private static final long MAX_JOURNAL_BYTES = 1L << 30;

  private static final long MAX_STATE_BYTES = 1L << 30;
  private static final int COMMIT_BYTES = 256;
  private static final int LONGEST_VALUE = 1 << 10;

  /** So many keys {@link #move} moves; a map takes each of them once. */
  public static final int MOVING = 4096;

  public static final int MOVING_SHORT = 40;
  public static final int MOVING_LONG = 1000;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Directory directory;
  private final Control control;
  private final StateStore store;
  private final JournalWriter journal;
  private final CommitProcessor commits;
  private final Conductor conductor;
  private final int namespace;
  private final int x;

  private final BatchEncoder batch = new BatchEncoder();
  private final ByteWriter request = new ByteWriter();
  private final ByteReader received = new ByteReader();
  private final ByteWriter reply = new ByteWriter();
  private final Groundwork groundwork;
  private final byte[] value = new byte[LONGEST_VALUE];

  /** Of the writes that go to the slots only. */
  private long revision;

  private RaceServer(Path path) {
    directory = new Directory(path);
    createSessions();
    LockFile locks = LockFile.open(directory.locks());
    locks.tryLock(Directory.SERVER_LOCK);
    control = Control.openOrCreate(directory.control());
    control.beginEpoch(ProcessHandle.current().pid());
    Helper helper = new Helper();
    journal =
        JournalWriter.open(directory.journal(), MAX_JOURNAL_BYTES, helper, control::journalFirst);
    SlotStore slots =
        new SlotStore(path, control, control.nextGeneration(), MAX_STATE_BYTES, helper);
    slots.start();
    store = new StateStore(slots);
    groundwork = new Groundwork(store, new ReplyBuffers());
    commits = new CommitProcessor(store, journal, control, new ServerClock(), 0);
    Statistics statistics = new Statistics();
    ReplyBuffers buffers = new ReplyBuffers();
    Sessions sessions =
        new Sessions(directory, control, locks, new HashMap<>(), statistics, buffers);
    Turns turns = new Turns();
    RecoveredRemotes remotes = new RecoveredRemotes();
    CommandAdapter adapter =
        new CommandAdapter(store, commits, turns, remotes, statistics, buffers);
    Checkpointer checkpointer =
        new Checkpointer(
            store, journal, commits, directory.journal(), helper, () -> sessions.image(remotes));
    conductor = new Conductor(control, sessions, adapter, commits, turns, checkpointer);
    namespace = commits.addNamespace(NAMESPACE.getBytes(StandardCharsets.UTF_8));
    commit();
    x = store.find(namespace, key("x"), 0, key("x").length);
    store.slots().ensure(x, LONGEST_VALUE);
    revision = commits.revision();
    control.serverState(ControlDescriptor.READY);
  }

  private void createSessions() {
    try {
      Files600.createDirectories(directory.sessions());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a server in a directory that goes when the JVM ends. */
  public static RaceServer start() {
    Opens.open();
    Path path = TestDirectories.create();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> TestDirectories.delete(path)));
    return new RaceServer(path);
  }

  public String address() {
    return "ipc://" + directory;
  }

  public Connection connect() {
    return new ShmTransport()
        .connect(
            Address.parse(address()), new ConnectOptions(TIMEOUT, WaitStrategy.BUSY_SPIN, null));
  }

  public int namespace() {
    return namespace;
  }

  public static byte[] key(String name) {
    ByteWriter out = new ByteWriter();
    PlainCodec.standard().forKeys().encode(name, out);
    return out.toByteArray();
  }

  public Control control() {
    return control;
  }

  /** Runs something that needs a server which answers. */
  public void serveDuring(Runnable client) {
    CompletableFuture<Void> done = CompletableFuture.runAsync(client, TestThreads::start);
    while (!done.isDone()) {
      conductor.doWork();
    }
    done.join();
  }

  /** One commit of two keys: the values of x and y become its revision. */
  public void commit() {
    if (journal.size() + COMMIT_BYTES > MAX_JOURNAL_BYTES / 2) {
      return;
    }
    batch.wrap(request.clear(), 0, 0);
    PlainNumbers.encodeLong(commits.revision() + 1, batch.beginPut(namespace, key("x")));
    batch.endValue();
    PlainNumbers.encodeLong(commits.revision() + 1, batch.beginPut(namespace, key("y")));
    batch.endValue();
    batch.end();
    received.wrap(request.array(), 0, request.position());
    received.readByte();
    commits.commit(received, received.readByte(), 0, 0, reply, groundwork);
  }

  /** The end of a duty cycle. */
  public void wake() {
    conductor.wake();
  }

  /**
   * Writes x, in its slots only: each byte is the lower one of the revision. A length below 0
   * removes it.
   *
   * @param even the length at even revisions
   * @param odd that at odd ones
   */
  public void write(int even, int odd) {
    revision++;
    int length = revision % 2 == 0 ? even : odd;
    if (length < 0) {
      store.remove(x, revision);
    } else {
      Arrays.fill(value, 0, length, (byte) revision);
      store.put(x, revision, value, 0, length);
    }
    control.publish(revision);
  }

  /**
   * Writes a key, in slots only, and gives it other ones; now and then it is removed, loses its
   * slots, and is written as a new key. Each byte of a value is the lower one of the revision.
   */
  public void move(int which) {
    byte[] name = key("moving" + which);
    Extents extents = store.slots().extents();
    Entries entries = store.entries();
    int entry = store.find(namespace, name, 0, name.length);
    // A map takes a key once.
    boolean isMovable = entry == Entries.NONE || isToMove(entries.home(entry));
    if (!isMovable && extents.filling(0).entries.size() > MOVING / 2) {
      extents.leave(extents.filling(0));
      isMovable = true;
    }
    if (isMovable && entries.isPresent(entry) && ++revision % 4 == 0) {
      store.remove(entry, revision);
      control.publish(revision);
      store.forget(entry);
    }
    int length = ++revision % 3 == 0 ? MOVING_LONG : MOVING_SHORT;
    Arrays.fill(value, 0, length, (byte) revision);
    int written = store.ensure(namespace, name, 0, name.length, length);
    store.put(written, revision, value, 0, length);
    control.publish(revision);
    if (isToMove(entries.home(written))) {
      store.slots().moveHome(written);
    }
    if (entries.isLarge(written) && isToMove(store.slots().large().map(written))) {
      store.slots().moveLarge(written);
    }
    store.maintain();
  }

  private boolean isToMove(int map) {
    Extent filling = store.slots().extents().filling(Extent.sizeClass(map));
    return filling == null || filling.id() != map;
  }

  /** Writes x, in its slot only: encoded values of one length, in turn. */
  public void write(byte[] even, byte[] odd) {
    revision++;
    byte[] encoded = revision % 2 == 0 ? even : odd;
    store.put(x, revision, encoded, 0, encoded.length);
    control.publish(revision);
  }
}
