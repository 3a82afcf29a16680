package io.zproc.internal.map;

import io.zproc.ServerDownException;
import io.zproc.SessionLostException;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps of a map that nobody else would do: they are tried again until a server answers, however
 * long that takes. They have to know by themselves whether they were done already. Stateless.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final long REST_NS = 200_000_000;

  private Outage() {}

  /**
   * @throws io.zproc.ClosedException when the context is closed meanwhile
   */
  static <T> T outlast(Supplier<T> step) {
    while (true) {
      try {
        return step.get();
      } catch (ZProcException e) {
        if (!isOne(e)) {
          throw e;
        }
        LOG.debug("waits for a server", e);
        LockSupport.parkNanos(REST_NS);
      }
    }
  }

  /** Whether a command failed because no server answered, rather than that it refused. */
  static boolean isOne(ZProcException thrown) {
    return thrown instanceof ServerDownException
        || thrown instanceof ZProcTimeoutException
        || thrown instanceof SessionLostException;
  }
}
