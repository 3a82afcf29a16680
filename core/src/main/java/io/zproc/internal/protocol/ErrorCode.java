package io.zproc.internal.protocol;

import io.zproc.CapacityException;
import io.zproc.ProtocolException;
import io.zproc.SessionLostException;
import io.zproc.TurnLostException;
import io.zproc.ValueTooLongException;
import io.zproc.ZProcException;

/** Why a server refused a command, and the exception that a client makes of it. */
public final class ErrorCode {
  public static final int BAD_REQUEST = 1;
  public static final int VALUE_TOO_LONG = 2;
  public static final int CAPACITY = 3;
  public static final int TURN_LOST = 4;
  public static final int NOT_A_NUMBER = 5;
  public static final int INTERNAL = 6;
  public static final int SESSION_LOST = 7;

  private ErrorCode() {}

  static ZProcException exception(int code, String message) {
    switch (code) {
      case VALUE_TOO_LONG:
        return new ValueTooLongException(message);
      case CAPACITY:
        return new CapacityException(message);
      case TURN_LOST:
        return new TurnLostException(message);
      case SESSION_LOST:
        return new SessionLostException(message);
      case BAD_REQUEST:
        return new ProtocolException(message);
      default:
        return new ZProcException(message);
    }
  }
}
