package io.zproc.testing;

import io.zproc.HistoryLostException;
import io.zproc.Server;
import io.zproc.ServerDownException;
import io.zproc.ZProcTimeoutException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.ErrorCode;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.Replies;
import io.zproc.internal.protocol.Scan;
import io.zproc.spi.Cell;
import io.zproc.spi.ValueBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The server's rules in the plainest form: hash maps, a list as the journal, one lock. Faults can
 * be asked for: lost history, moved entries, death.
 */
public final class FakeServer implements Server {
  private static final int ENTRIES_IN_SLICE = 3;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final String address;
  private final Map<String, Integer> names = new HashMap<>();

  static final long IDENTITY = 42;

  /** The first stands for the directory of namespaces, which is always empty here. */
  private final List<FakeNamespace> namespaces = new ArrayList<>(List.of(new FakeNamespace()));

  private final List<byte[]> journal = new ArrayList<>();
  private final List<Integer> masks = new ArrayList<>();
  private final List<FakeExchange> blocked = new ArrayList<>();
  private long firstRevision = 1;
  private long sessions;
  private long epoch = 1;
  private FakeExchange turn;
  private long turnEndsNs;
  private Runnable betweenSlices = () -> {};
  private boolean alive = true;
  private int commits;

  FakeServer(String address) {
    this.address = address;
    ByteWriter start = beginEvent(0, 0);
    Event.start(start, pid(), 1, IDENTITY);
    publish(start, 1, 0);
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public boolean isAlive() {
    return locked(() -> alive);
  }

  @Override
  public void close() {
    run(() -> alive = false);
  }

  /** Forgets the journal before this revision. */
  public void loseHistoryBefore(long revision) {
    run(() -> firstRevision = revision);
  }

  /** Runs an action, which may commit, before each slice of a scan but the first. */
  public void betweenSlices(Runnable action) {
    run(() -> betweenSlices = action);
  }

  /** Makes running scans begin again. */
  public void moveEntries() {
    run(() -> epoch++);
  }

  /** How many commits were asked for, refused ones included. */
  public int commits() {
    return locked(() -> commits);
  }

  /** Whether some session has the turn. */
  public boolean isTurnTaken() {
    return locked(() -> turn != null && System.nanoTime() < turnEndsNs);
  }

  long openSession(FakeExchange exchange) {
    return locked(() -> ++sessions);
  }

  /** The newest revision. */
  public long revision() {
    return locked(() -> (long) journal.size());
  }

  int read(int namespace, byte[] key, ValueBuffer into) {
    lock.lock();
    try {
      FakeNamespace.Stored stored = namespaces.get(namespace).get(key);
      into.version = stored == null ? 0 : stored.version();
      if (stored == null || stored.value() == null) {
        return Cell.ABSENT;
      }
      byte[] value = stored.value();
      System.arraycopy(value, 0, into.ensure(value.length), 0, value.length);
      into.length = value.length;
      return value.length;
    } finally {
      lock.unlock();
    }
  }

  byte[] event(long revision) {
    lock.lock();
    try {
      if (revision < firstRevision) {
        throw new HistoryLostException(
            "revision " + revision + " is gone; the first one kept is " + firstRevision);
      }
      return revision > journal.size() ? null : journal.get((int) revision - 1);
    } finally {
      lock.unlock();
    }
  }

  boolean awaitEvent(long position, int interest, long deadlineNs, BooleanSupplier wokenUp) {
    lock.lock();
    try {
      int seen = journal.size();
      while (position >= seen && !wokenUp.getAsBoolean() && !isCovered(seen, interest)) {
        if (!awaitChange(deadlineNs)) {
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isCovered(int from, int interest) {
    for (int i = from; i < masks.size(); i++) {
      if ((masks.get(i) & interest) != 0) {
        return true;
      }
    }
    return false;
  }

  void wakeAll() {
    run(() -> {});
  }

  void submit(FakeExchange exchange, byte[] request) {
    run(
        () -> {
          exchange.requests.add(request);
          serve(exchange);
          new ArrayList<>(blocked).forEach(this::serve);
        });
  }

  int inFlight(FakeExchange exchange) {
    return locked(() -> exchange.requests.size() + exchange.replies.size());
  }

  byte[] poll(FakeExchange exchange) {
    return locked(exchange.replies::poll);
  }

  byte[] take(FakeExchange exchange, long deadlineNs) {
    lock.lock();
    try {
      while (exchange.replies.isEmpty()) {
        serve(exchange);
        if (exchange.replies.isEmpty() && !awaitChange(Math.min(deadlineNs, nextLook()))) {
          checkDeadline(deadlineNs);
        }
      }
      return exchange.replies.poll();
    } finally {
      lock.unlock();
    }
  }

  private static long nextLook() {
    return System.nanoTime() + 10_000_000;
  }

  private void checkDeadline(long deadlineNs) {
    if (System.nanoTime() - deadlineNs >= 0) {
      throw alive
          ? new ZProcTimeoutException("no answer from " + address)
          : new ServerDownException("no server at " + address);
    }
  }

  /** Returns false at the deadline. */
  private boolean awaitChange(long deadlineNs) {
    long left = deadlineNs - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    try {
      changed.await(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private void serve(FakeExchange exchange) {
    blocked.remove(exchange);
    while (alive && !exchange.requests.isEmpty()) {
      byte[] reply = answer(exchange, exchange.requests.peek());
      if (reply == null) {
        blocked.add(exchange);
        return;
      }
      exchange.requests.remove();
      exchange.replies.add(reply);
      changed.signalAll();
    }
  }

  /** Returns null when the command has to wait for the turn of another. */
  private byte[] answer(FakeExchange exchange, byte[] bytes) {
    ByteReader request = new ByteReader(bytes);
    ByteWriter reply = Replies.ok(new ByteWriter());
    switch (request.readByte()) {
      case MessageType.PING:
        reply.writeLong(pid()).writeBytes(request.readBytes(request.remaining()));
        break;
      case MessageType.OPEN_NAMESPACE:
        if (!isFree(exchange)) {
          return null;
        }
        reply.writeInt(openNamespace(request.readText()));
        break;
      case MessageType.COUNT:
        FakeNamespace counted = namespaces.get(request.readInt());
        reply.writeLong(journal.size()).writeLong(counted.version()).writeLong(counted.count());
        break;
      case MessageType.SCAN:
        scan(request, reply);
        break;
      case MessageType.TAKE_TURN:
        if (!isFree(exchange)) {
          return null;
        }
        turn = exchange;
        turnEndsNs = System.nanoTime() + request.readLong();
        reply.writeLong(journal.size());
        break;
      case MessageType.GIVE_TURN:
        giveTurn(exchange);
        break;
      case MessageType.COMMIT:
        if (!isFree(exchange)) {
          return null;
        }
        commits++;
        new FakeCommit(this, exchange, request, reply).run();
        break;
      default:
        Replies.error(reply, ErrorCode.BAD_REQUEST, "unknown command");
    }
    return reply.toByteArray();
  }

  private int openNamespace(String name) {
    return names.computeIfAbsent(
        name,
        n -> {
          int number = namespaces.size();
          namespaces.add(new FakeNamespace());
          ByteWriter event = beginEvent(0, 0);
          Event.namespace(event, number, n.getBytes(StandardCharsets.UTF_8));
          publish(event, 1, Interest.ofNamespace(number));
          return number;
        });
  }

  private void scan(ByteReader request, ByteWriter reply) {
    FakeNamespace namespace = namespaces.get(request.readInt());
    request.readLong();
    int from = request.readInt();
    if (from > 0) {
      betweenSlices.run();
    }
    List<FakeNamespace.Slot> slots = namespace.slots();
    int to = Math.min(from + ENTRIES_IN_SLICE, slots.size());
    List<FakeNamespace.Slot> slice = new ArrayList<>(slots.subList(Math.min(from, to), to));
    slice.removeIf(slot -> slot.stored().value() == null);
    reply.writeLong(epoch).writeInt(to == slots.size() ? Scan.END : to);
    reply.writeLong(journal.size()).writeInt(slice.size());
    for (FakeNamespace.Slot slot : slice) {
      byte[] value = slot.stored().value();
      reply.writeLong(slot.stored().version());
      reply.writeBlob(slot.key(), 0, slot.key().length).writeBlob(value, 0, value.length);
    }
  }

  private boolean isFree(FakeExchange exchange) {
    return turn == null || turn == exchange || System.nanoTime() >= turnEndsNs;
  }

  boolean hasTurn(FakeExchange exchange) {
    return turn == exchange && System.nanoTime() < turnEndsNs;
  }

  void giveTurn(FakeExchange exchange) {
    if (turn == exchange) {
      turn = null;
      changed.signalAll();
    }
  }

  FakeNamespace namespace(int number) {
    return namespaces.get(number);
  }

  ByteWriter beginEvent(long session, long origin) {
    ByteWriter event = new ByteWriter();
    Event.begin(event, nextRevision(), System.currentTimeMillis() * 1_000_000, session, 0, origin);
    return event;
  }

  long nextRevision() {
    return journal.size() + 1L;
  }

  void publish(ByteWriter event, int changes, int mask) {
    Event.end(event, changes);
    lock.lock();
    try {
      journal.add(event.toByteArray());
      masks.add(mask);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run(Runnable action) {
    locked(
        () -> {
          action.run();
          changed.signalAll();
          return null;
        });
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
