package io.zproc;

import io.zproc.internal.signal.SignalDelivery;

/** The signals that end a process, with their numbers on Linux. */
public enum Signals {
  SIGHUP(1),
  SIGINT(2),
  SIGQUIT(3),
  SIGABRT(6),
  SIGKILL(9),
  SIGUSR1(10),
  SIGSEGV(11),
  SIGUSR2(12),
  SIGPIPE(13),
  SIGALRM(14),
  SIGTERM(15);

  private final int number;

  Signals(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /**
   * From now on, this signal does not end this process, but becomes a {@link SignalException} in
   * the thread that calls this: the thread is interrupted; if it waits for a state, watch or
   * process, now or next, the exception is thrown there. A target that ends by an exception
   * meanwhile, such as {@link InterruptedException}, counts as ended by the signal.
   *
   * @throws ZProcException when the operating system or the JVM keeps the signal to itself, as with
   *     SIGKILL
   */
  public static void toException(Signals signal) {
    SignalDelivery.toThread(signal, Thread.currentThread());
  }

  /**
   * Throws the exception for a signal that has arrived for this thread, for targets that compute
   * rather than wait.
   *
   * @throws SignalException if {@link #toException} was asked for, and a signal has arrived since
   */
  public static void check() {
    SignalException arrived = SignalDelivery.take();
    if (arrived != null) {
      throw arrived;
    }
  }
}
