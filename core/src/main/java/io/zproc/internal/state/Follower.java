package io.zproc.internal.state;

import io.zproc.HistoryLostException;
import io.zproc.ZProcException;
import io.zproc.internal.collect.PersistentMap;
import io.zproc.internal.jvm.Uninterruptibly;
import io.zproc.internal.protocol.Event;
import io.zproc.internal.protocol.Interest;
import io.zproc.internal.protocol.Replaced;
import io.zproc.spi.EventCursor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of one namespace up to date by a thread of its own, which sleeps until the journal
 * has something for it, and publishes each step to a {@link SharedView}.
 *
 * <p>When the server is not heard of, the last view stays as it is; when it could not be reached
 * for the client's timeout, the thread says so, and goes on trying. What was committed meanwhile is
 * then taken from the journal, or from a new snapshot if the journal does not have it any more.
 * When another state is found there, the thread ends.
 */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final int MAX_EVENTS_AT_ONCE = 256;
  private static final long CLOSE_WAIT_MS = 2_000;
  private static final long PAUSE_MS = 100;

  private final Namespace<?, ?> namespace;
  private final Client client;
  private final int interest;
  private final EventCursor cursor;
  private final SharedView shared;
  private final Event event = new Event();
  private final Thread thread;
  private volatile boolean closed;

  /** Of the thread only. */
  private View copy;

  private Follower(Namespace<?, ?> namespace) {
    this.namespace = namespace;
    client = namespace.client;
    interest = Interest.ofNamespace(namespace.number);
    copy = namespace.replica.current();
    cursor = client.connection().events(copy.revision());
    shared = new SharedView(namespace, cursor::wakeUp);
    shared.publish(copy);
    thread = new Thread(this::run, "zproc-cached-" + namespace.name);
    thread.setDaemon(true);
  }

  /** Reads the namespace, and returns when the copy is there. */
  static Follower start(Namespace<?, ?> namespace) {
    Follower follower = new Follower(namespace);
    follower.thread.start();
    return follower;
  }

  SharedView shared() {
    return shared;
  }

  private void run() {
    try {
      while (isOfUse()) {
        try {
          follow();
        } catch (HistoryLostException e) {
          recover(this::rebuild);
        } catch (ZProcException e) {
          recover(this::catchUp);
        }
      }
      if (client.isReplaced()) {
        shared.fail(Replaced.history(client.connection().replacement(), copy.revision()));
      }
    } catch (RuntimeException | Error e) {
      LOG.error("the cached copy of {} can not be kept any longer", namespace, e);
      shared.fail(new ZProcException("it has failed with " + e, e));
    } finally {
      cursor.close();
    }
  }

  /**
   * When the state was replaced, those who read get a follower of the other one. One that is
   * started while the client is closed is of no use at once.
   */
  private boolean isOfUse() {
    return !closed && !client.isClosed() && !client.isReplaced();
  }

  private void follow() {
    cursor.await(interest, System.nanoTime() + client.connection().timeoutNs() / 2);
    takeReady();
    if (shared.wanted() > copy.revision()) {
      takeUpTo(shared.wanted());
    }
  }

  /** Until the server has been reached; a view older than it is not shown as if it were current. */
  private void recover(Runnable attempt) {
    while (isOfUse()) {
      try {
        attempt.run();
        shared.publish(copy);
        return;
      } catch (HistoryLostException e) {
        shared.fail(e);
        attempt = this::rebuild;
      } catch (ZProcException e) {
        shared.fail(e);
        pause();
      }
    }
  }

  private void catchUp() {
    cursor.seek(copy.revision());
    takeUpTo(client.connection().revision());
  }

  private void rebuild() {
    copy = namespace.replica.current();
    cursor.seek(copy.revision());
  }

  /** Applies what has arrived, and publishes it. */
  private void takeReady() {
    while (cursor.isReady() && !closed) {
      PersistentMap.Builder map = copy.map().toBuilder();
      for (int i = 0; i < MAX_EVENTS_AT_ONCE && cursor.isReady() && cursor.next(event); i++) {
        map = Changes.apply(map, event, namespace.number);
      }
      publish(map);
    }
  }

  /** Asks for what is committed already. */
  private void takeUpTo(long revision) {
    long deadline = System.nanoTime() + client.connection().timeoutNs();
    while (cursor.position() < revision && !closed) {
      if (cursor.next(event)) {
        publish(Changes.apply(copy.map().toBuilder(), event, namespace.number));
        takeReady();
      } else {
        Replica.awaitPublished(client, cursor, deadline);
      }
    }
  }

  private void publish(PersistentMap.Builder map) {
    copy = new View(map.build(), cursor.position());
    shared.publish(copy);
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Ends the thread, and returns when it has ended. */
  void close() {
    closed = true;
    cursor.wakeUp();
    Uninterruptibly.join(thread, CLOSE_WAIT_MS);
  }
}
