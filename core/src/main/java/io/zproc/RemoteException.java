package io.zproc;

/**
 * What the target of another process threw, as far as it can be told without its class: its class
 * name, its message, its stack, and its causes likewise. {@link #getStackTrace} is that of the
 * other process.
 */
public final class RemoteException extends ZProcException {
  private static final long serialVersionUID = 1L;

  private final String className;
  private final String remoteMessage;

  public RemoteException(
      String className,
      String remoteMessage,
      StackTraceElement[] remoteStack,
      RemoteException cause) {
    super(remoteMessage == null ? className : className + ": " + remoteMessage, cause);
    this.className = className;
    this.remoteMessage = remoteMessage;
    setStackTrace(remoteStack);
  }

  /** The name of the class of what was thrown, such as {@code java.io.IOException}. */
  public String className() {
    return className;
  }

  /** The message of what was thrown, or null. {@link #getMessage} has the class name, too. */
  public String remoteMessage() {
    return remoteMessage;
  }
}
