package io.zproc.internal.state;

import io.zproc.spi.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The client that a context has now. It is of one state; when another one was found at the server's
 * address, whoever asks next gets a client of that one. What was made with the client before is
 * told so by exceptions, and nothing of it reaches the other state. Thread-safe.
 */
public final class CurrentClient implements AutoCloseable {
  private record ClassPair(Class<?> keys, Class<?> values) {}

  private final ConcurrentHashMap<ClassPair, Types<?, ?>> types = new ConcurrentHashMap<>();
  private volatile Client client;
  private volatile Duration hurry;

  public CurrentClient(Connection connection) {
    client = new Client(connection);
  }

  /**
   * @throws io.zproc.ServerDownException when the state was replaced, and no server answers
   */
  Client get() {
    Client now = client;
    return now.isReplaced() ? renew(now) : now;
  }

  private synchronized Client renew(Client replaced) {
    if (client == replaced) {
      replaced.checkOpen();
      client = new Client(replaced.connection().renew());
      if (hurry != null) {
        client.hurry(hurry);
      }
      replaced.retire();
    }
    return client;
  }

  @SuppressWarnings("unchecked")
  <K, V> Types<K, V> types(Class<K> keys, Class<V> values) {
    return (Types<K, V>)
        types.computeIfAbsent(new ClassPair(keys, values), k -> Types.ofClasses(keys, values));
  }

  public String address() {
    return client.address();
  }

  public boolean isClosed() {
    return client.isClosed();
  }

  /** The server's pid, from the server itself. */
  public long ping(Duration timeout) {
    return get().ping(timeout);
  }

  /** What the server knows of itself, in its order; unmodifiable. */
  public Map<String, String> statistics() {
    return get().statistics();
  }

  /** As {@link Client#hurry}. */
  public void hurry(Duration most) {
    hurry = most;
    client.hurry(most);
  }

  @Override
  public synchronized void close() {
    client.close();
  }
}
