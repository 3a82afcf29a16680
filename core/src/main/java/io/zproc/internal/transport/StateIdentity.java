package io.zproc.internal.transport;

import io.zproc.SessionLostException;
import io.zproc.internal.protocol.Replaced;
import io.zproc.spi.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which state a connection is of, and what has taken its place since, if anything has. Thread-safe:
 * whoever finds something writes, under the lock; anybody reads.
 */
public final class StateIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(StateIdentity.class);

  private final Address address;
  private volatile long value;
  private volatile String replacement;

  public StateIdentity(Address address) {
    this.address = address;
  }

  /** As {@link io.zproc.spi.Connection#identity}; 0 before any was found. */
  public long value() {
    return value;
  }

  /** As {@link io.zproc.spi.Connection#replacement}. */
  public String replacement() {
    return replacement;
  }

  /**
   * Notes which state was found at the address: the first is the connection's, another one has
   * replaced it.
   *
   * @param identity 0 when there was none
   */
  public void found(long identity) {
    if (identity != value) {
      note(identity);
    }
  }

  private synchronized void note(long identity) {
    if (value == 0) {
      value = identity;
    } else if (identity != value) {
      replaced("its identity is " + identity + ", that of the one before was " + value);
    }
  }

  /** Notes that the state was replaced, and how that was seen; only the first time counts. */
  public synchronized void replaced(String how) {
    if (replacement == null) {
      replacement = "another state has taken " + address + ": " + how;
      LOG.warn("{}", replacement);
    }
  }

  /**
   * @throws SessionLostException when the state was replaced
   */
  public void requireSame() {
    String by = replacement;
    if (by != null) {
      throw Replaced.session(by, false);
    }
  }
}
