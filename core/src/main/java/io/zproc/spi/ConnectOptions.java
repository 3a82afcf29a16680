package io.zproc.spi;

import io.zproc.WaitStrategy;
import java.time.Duration;

/**
 * How a client connects.
 *
 * @param timeout how long a command may wait for its reply, a restarting server included
 * @param waitStrategy how this client waits
 * @param secretKey signs what goes over a network, or null
 * @param encrypt whether it encrypts that too; only with a secret key
 */
public record ConnectOptions(
    Duration timeout, WaitStrategy waitStrategy, String secretKey, boolean encrypt) {

  /** Deadlines are counted in nanoseconds, and some are several timeouts away. */
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(3650);

  public ConnectOptions {
    timeout = bounded(timeout);
    if (encrypt && secretKey == null) {
      throw new IllegalArgumentException(
          "encrypt() needs a secret key, of which its keys are made: call secretKey(key) as well");
    }
  }

  /** The timeout, or the longest one that can be counted with. */
  public static Duration bounded(Duration timeout) {
    return timeout.compareTo(LONGEST_TIMEOUT) < 0 ? timeout : LONGEST_TIMEOUT;
  }

  /** What goes over a network is at most signed. */
  public ConnectOptions(Duration timeout, WaitStrategy waitStrategy, String secretKey) {
    this(timeout, waitStrategy, secretKey, false);
  }
}
