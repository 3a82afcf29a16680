package io.zproc;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/**
 * A stream of the updates of a namespace: each commit once, in order, or an exception that says
 * which are gone. It reads the journal at its own pace and slows nobody. It is of one state: when a
 * server with another one takes the address, every call throws {@link HistoryLostException}, and
 * another watch has to be opened.
 *
 * <p>For one thread at a time, but {@link #close} may be called from any; a thread waiting in
 * {@link #next} then gets {@link ClosedException}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface Watch<K, V> extends Iterator<Update<K, V>>, AutoCloseable {

  /**
   * The next update, waiting for it as long as the options say.
   *
   * @throws ZProcTimeoutException when there is none within the options' timeout
   * @throws ServerDownException likewise, when no server lives either; one on another host has the
   *     context's timeout to answer, if that is longer
   * @throws HistoryLostException when the journal no longer holds it
   */
  @Override
  Update<K, V> next();

  /** As {@link #next()}, with another timeout. */
  Update<K, V> next(Duration timeout);

  /**
   * The next update if it is there already, or else null.
   *
   * @throws ServerDownException when only a server on another host knows that, and it does not
   *     answer within the context's timeout
   * @throws HistoryLostException when the journal no longer holds it
   */
  Update<K, V> poll();

  /** True until the watch is closed: {@link #next} waits for an update. */
  @Override
  boolean hasNext();

  /** The updates as a stream that ends when the watch is closed. */
  Stream<Update<K, V>> stream();

  /**
   * The updates as a publisher for one subscriber, with a daemon thread of its own from
   * subscription to cancellation or {@link #close}. An update is delivered when the subscriber has
   * asked for it; meanwhile it waits in the journal.
   */
  Flow.Publisher<Update<K, V>> publisher();

  /**
   * Calls {@code handler} with each change that is committed already, of whatever origin and
   * whether it changed something or not, without building snapshots: the fastest way through a
   * backlog.
   *
   * @return how many changes there were
   */
  long drain(ChangeHandler<? super K, ? super V> handler);

  /** Skips everything that is committed already. */
  void goLive();

  /** The revision up to which updates were given or skipped. */
  long revision();

  /** How many commits, of all namespaces, this watch is behind the newest. */
  long lag();

  @Override
  void close();
}
