package io.zproc;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * Which updates a watcher gets, and how long it waits; immutable, each method gives a changed copy.
 *
 * <pre>{@code WatchOptions.live().timeout(Duration.ofSeconds(5))}</pre>
 */
public final class WatchOptions implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final WatchOptions DEFAULTS =
      new WatchOptions(false, null, false, false, false, -1);

  private final boolean live;
  private final Duration timeout;
  private final boolean duplicateOkay;
  private final boolean excludeKeys;
  private final boolean includeOwn;
  private final long fromRevision;

  private WatchOptions(
      boolean live,
      Duration timeout,
      boolean duplicateOkay,
      boolean excludeKeys,
      boolean includeOwn,
      long fromRevision) {
    this.live = live;
    this.timeout = timeout;
    this.duplicateOkay = duplicateOkay;
    this.excludeKeys = excludeKeys;
    this.includeOwn = includeOwn;
    this.fromRevision = fromRevision;
  }

  /** Buffered, without a timeout, each change that is one, of others only. */
  public static WatchOptions buffered() {
    return DEFAULTS;
  }

  /** Only what is committed from now on; what happens between two calls is missed. */
  public static WatchOptions live() {
    return new WatchOptions(true, null, false, false, false, -1);
  }

  /** How long to wait at most; without it, for ever. */
  public WatchOptions timeout(Duration value) {
    Objects.requireNonNull(value, "timeout");
    return new WatchOptions(live, value, duplicateOkay, excludeKeys, includeOwn, fromRevision);
  }

  /** Also commits that wrote what was there already. */
  public WatchOptions duplicateOkay() {
    return new WatchOptions(live, timeout, true, excludeKeys, includeOwn, fromRevision);
  }

  /** Turns the keys that are watched into those that are not: all others are. */
  public WatchOptions excludeKeys() {
    return new WatchOptions(live, timeout, duplicateOkay, true, includeOwn, fromRevision);
  }

  /** Also commits made through the very state that is watched. */
  public WatchOptions includeOwn() {
    return new WatchOptions(live, timeout, duplicateOkay, excludeKeys, true, fromRevision);
  }

  /**
   * Of {@link State#watch}: begins behind this revision, so that the first update is the one after
   * it. Without it, a watch begins at the revision that is current when it is made.
   *
   * <p>A revision says something in its own state only. Who keeps one for later also keeps that
   * state's {@code identity} of {@link Context#statistics}, and compares.
   */
  public WatchOptions fromRevision(long revision) {
    if (revision < 0) {
      throw new IllegalArgumentException("fromRevision=" + revision + " is negative");
    }
    return new WatchOptions(live, timeout, duplicateOkay, excludeKeys, includeOwn, revision);
  }

  public boolean isLive() {
    return live;
  }

  /** The timeout, or null for none. */
  public Duration timeout() {
    return timeout;
  }

  public boolean isDuplicateOkay() {
    return duplicateOkay;
  }

  public boolean isExcludeKeys() {
    return excludeKeys;
  }

  public boolean isIncludeOwn() {
    return includeOwn;
  }

  /** The revision to begin behind, or −1 for the current one. */
  public long fromRevision() {
    return fromRevision;
  }
}
