package io.zproc.internal.state;

import io.zproc.ClosedException;
import io.zproc.ProtocolException;
import io.zproc.ServerDownException;
import io.zproc.ValueTooLongException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Limits;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.NamespaceDirectory;
import io.zproc.internal.protocol.Replaced;
import io.zproc.internal.protocol.Replies;
import io.zproc.internal.signal.SignalDelivery;
import io.zproc.spi.Connection;
import io.zproc.spi.Exchange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One client of one state of a server: what all states of a context share. Thread-safe.
 *
 * <p>Closing it wakes every thread that waits for an event with one of its cursors, which then
 * throws {@link ClosedException}, and ends the connection.
 */
public final class Client implements AutoCloseable {
  private record NamespaceKey(String name, Types<?, ?> types) {}

  private final Connection connection;
  private final ConcurrentHashMap<String, Integer> numbers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<NamespaceKey, Namespace<?, ?>> namespaces =
      new ConcurrentHashMap<>();
  private final CursorPool cursors = new CursorPool(this);
  private final Runnable wakeUp = cursors::wakeAll;
  private volatile boolean closed;
  private volatile long timeoutNs;
  private volatile boolean isHurried;

  public Client(Connection connection) {
    this.connection = connection;
    timeoutNs = connection.timeoutNs();
    SignalDelivery.addSleeper(wakeUp);
  }

  Connection connection() {
    return connection;
  }

  CursorPool cursors() {
    return cursors;
  }

  public String address() {
    return connection.address().toString();
  }

  public boolean isClosed() {
    return closed;
  }

  void checkOpen() {
    if (closed) {
      throw new ClosedException("the context of " + connection.address() + " was closed");
    }
  }

  /** Whether another state was found at the server's address: then nothing works any more here. */
  boolean isReplaced() {
    return connection.replacement() != null;
  }

  /** Fails when the state was replaced. */
  void checkSame() {
    String replacement = connection.replacement();
    if (replacement != null) {
      throw Replaced.session(replacement, false);
    }
  }

  @SuppressWarnings("unchecked")
  <K, V> Namespace<K, V> namespace(String name, Types<K, V> types) {
    checkOpen();
    int number = numbers.computeIfAbsent(name, this::openNamespace);
    return (Namespace<K, V>)
        namespaces.computeIfAbsent(
            new NamespaceKey(name, types), k -> new Namespace<>(this, name, number, types));
  }

  private int openNamespace(String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0) {
      throw new IllegalArgumentException(
          "the name of a namespace is empty; it must have 1 to "
              + Limits.MAX_NAMESPACE_NAME
              + " bytes");
    }
    if (length > Limits.MAX_NAMESPACE_NAME) {
      throw new ValueTooLongException(
          "a namespace name of " + length + " bytes; at most " + Limits.MAX_NAMESPACE_NAME);
    }
    int known = findNamespace(name);
    return known > 0 ? known : openNewNamespace(name);
  }

  /** The number of a namespace that exists, or 0; without asking the server. */
  private int findNamespace(String name) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    Scratch scratch = Scratch.get();
    int length = connection.cell(NamespaceDirectory.NUMBER, key).read(scratch.value);
    return length == Integer.BYTES
        ? scratch.reader.wrap(scratch.value.bytes, 0, length).readInt()
        : 0;
  }

  private int openNewNamespace(String name) {
    Scratch scratch = Scratch.get();
    Exchange exchange = borrow(scratch);
    try {
      exchange.request().writeByte(MessageType.OPEN_NAMESPACE).writeText(name);
      return call(exchange).readInt();
    } finally {
      giveBack(scratch, exchange);
    }
  }

  /** The server's pid, from the server itself. */
  public long ping(Duration timeout) {
    checkOpen();
    long deadline = Deadline.after(timeout);
    long payload = System.nanoTime();
    try (Exchange exchange = connection.borrow()) {
      exchange.request().writeByte(MessageType.PING).writeLong(payload);
      ByteReader reply = exchange.call(deadline);
      Replies.check(reply);
      long pid = reply.readLong();
      if (reply.readLong() != payload) {
        throw new ProtocolException(address() + " answered a ping with other bytes");
      }
      return pid;
    }
  }

  /** What the server knows of itself, in its order; unmodifiable. */
  public Map<String, String> statistics() {
    checkOpen();
    Map<String, String> pairs = new LinkedHashMap<>();
    try (Exchange exchange = connection.borrow()) {
      exchange.request().writeByte(MessageType.STATISTICS);
      ByteReader reply = call(exchange);
      while (reply.remaining() > 0) {
        pairs.put(reply.readText(), reply.readText());
      }
    }
    return Collections.unmodifiableMap(pairs);
  }

  /** Sends what was written to the request and takes the reply, which must not be a conflict. */
  ByteReader call(Exchange exchange) {
    ByteReader reply = exchangeOnce(exchange);
    if (!Replies.check(reply)) {
      throw new ProtocolException("a conflict without a condition");
    }
    return reply;
  }

  ByteReader exchangeOnce(Exchange exchange) {
    try {
      return exchange.call(System.nanoTime() + timeoutNs);
    } catch (ServerDownException e) {
      timeoutNs = isHurried ? 0 : timeoutNs;
      throw e;
    }
  }

  /**
   * For what is to be done before the JVM ends: from now on no command waits longer than this, and
   * none at all after the first that found no server.
   */
  public void hurry(Duration most) {
    isHurried = true;
    timeoutNs = Math.min(timeoutNs, Deadline.nanos(most));
  }

  /** The exchange by which this thread holds the turn, or else a borrowed one. */
  Exchange borrow(Scratch scratch) {
    if (closed) {
      checkOpen();
    }
    return scratch.turnClient == this ? scratch.turn : connection.borrow();
  }

  void giveBack(Scratch scratch, Exchange exchange) {
    if (exchange != scratch.turn) {
      exchange.close();
    }
  }

  /** Fails for a message that the server would not take, before anything is sent. */
  static void checkLength(ByteWriter message) {
    if (message.position() > Limits.MAX_MESSAGE) {
      throw new ValueTooLongException(
          "a commit of "
              + message.position()
              + " bytes; commits may have at most "
              + Limits.MAX_MESSAGE);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    end();
  }

  /** Frees what a replaced client has; who waits for events gets the exception for that. */
  void retire() {
    end();
  }

  private void end() {
    SignalDelivery.removeSleeper(wakeUp);
    cursors.endAndWait();
    namespaces.values().forEach(Namespace::close);
    cursors.closeIdle();
    connection.close();
  }
}
