package io.zproc;

import java.util.Objects;

/** A signal that {@link Signals#toException} has turned into an exception. */
public final class SignalException extends ZProcException {
  private static final long serialVersionUID = 1L;

  private final Signals signal;

  public SignalException(Signals signal) {
    this(signal, null);
  }

  public SignalException(Signals signal, Throwable cause) {
    super(Objects.requireNonNull(signal, "signal") + " arrived", cause);
    this.signal = signal;
  }

  public Signals signal() {
    return signal;
  }
}
