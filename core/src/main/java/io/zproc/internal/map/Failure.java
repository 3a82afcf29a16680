package io.zproc.internal.map;

import io.zproc.RemoteException;
import java.io.Serializable;

/**
 * Stands for an item or a result that there is none of, among those that there are.
 *
 * @param reason is thrown where the result would be
 */
record Failure(RemoteException reason) implements Serializable {
  private static final int MAX_CAUSES = 20;

  static Failure of(Throwable thrown) {
    return new Failure(remote(thrown, MAX_CAUSES));
  }

  private static RemoteException remote(Throwable thrown, int depth) {
    if (thrown instanceof RemoteException known) {
      return known;
    }
    Throwable cause = depth > 0 ? thrown.getCause() : null;
    return new RemoteException(
        thrown.getClass().getName(),
        thrown.getMessage(),
        thrown.getStackTrace(),
        cause == null ? null : remote(cause, depth - 1));
  }
}
