package io.zproc.shm.internal.os;

import io.zproc.ClosedException;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;

/**
 * The shutdown hook that Chronicle registers with the first file that it opens, and can not while
 * the JVM ends. What comes with it takes a third of the start of a short process, so it is left to
 * those that open a file. Thread-safe.
 */
public final class ChronicleHook {
  private static volatile boolean registered;

  private ChronicleHook() {}

  /**
   * Registers the hook, unless that was done. To be asked before a map or queue is opened, so that
   * it can be closed while the JVM ends.
   *
   * @return false when the JVM ends already, and it is too late
   */
  public static boolean register() {
    if (!registered && !isEnding()) {
      try {
        BackgroundResourceReleaser.isOnBackgroundResourceReleaserThread();
        registered = true;
      } catch (LinkageError e) {
        if (!isEnding()) {
          throw e;
        }
      }
    }
    return registered;
  }

  /**
   * As {@link #register}.
   *
   * @throws ClosedException when it is too late
   */
  public static void require() {
    if (!register()) {
      throw new ClosedException("this JVM is ending, too late to open files of a server");
    }
  }

  private static boolean isEnding() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
