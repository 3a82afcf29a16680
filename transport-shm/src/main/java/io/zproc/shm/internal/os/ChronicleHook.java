package io.zproc.shm.internal.os;

import io.zproc.ClosedException;
import java.util.concurrent.FutureTask;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;

/**
 * The shutdown hook that Chronicle registers with the first file that it opens, and can not while
 * the JVM ends. What comes with it takes a third of the start of a short process, so it is left to
 * those that open a file. Thread-safe.
 */
public final class ChronicleHook {
  private static final ThreadGroup QUIET_WHILE_ENDING = new QuietGroup();

  private static volatile boolean registered;

  private ChronicleHook() {}

  /**
   * Of the thread that Chronicle starts just before it registers its hook. When the JVM begins to
   * end between the two, that thread ends with an error, since its class is none; it has nothing to
   * do then, and nobody should be told. Whatever else it ends with is told.
   */
  private static final class QuietGroup extends ThreadGroup {
    QuietGroup() {
      super("zproc-chronicle");
    }

    @Override
    public void uncaughtException(Thread thread, Throwable e) {
      if (!(e instanceof LinkageError) || !isEnding()) {
        super.uncaughtException(thread, e);
      }
    }
  }

  /**
   * Registers the hook, unless that was done. To be asked before a map or queue is opened, so that
   * it can be closed while the JVM ends.
   *
   * @return false when the JVM ends already, and it is too late
   */
  public static boolean register() {
    if (!registered && !isEnding()) {
      try {
        initialize();
        registered = true;
      } catch (LinkageError e) {
        if (!isEnding()) {
          throw e;
        }
      }
    }
    return registered;
  }

  /** In a thread of the group, of which the thread that it starts is one, too. */
  private static void initialize() {
    FutureTask<Boolean> task =
        new FutureTask<>(BackgroundResourceReleaser::isOnBackgroundResourceReleaserThread);
    Thread thread = new Thread(QUIET_WHILE_ENDING, task, "zproc-chronicle-start");
    thread.setDaemon(true);
    thread.start();
    InterruptShield.resultOf(task);
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
