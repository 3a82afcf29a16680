package io.zproc.internal.process;

import io.zproc.RemoteException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A throwable and its causes as plain data: names, messages and stacks, outermost first. Nobody
 * needs the classes to read it. Stateless.
 */
final class Failure {
  private static final int MAX_CAUSES = 16;
  private static final int MAX_FRAMES = 512;

  private Failure() {}

  static List<Object> of(Throwable thrown) {
    List<Object> causes = new ArrayList<>();
    for (Throwable each = thrown;
        each != null && causes.size() < MAX_CAUSES;
        each = each.getCause()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("class", nameOf(each));
      row.put("message", messageOf(each));
      row.put(
          "stack",
          Arrays.stream(each.getStackTrace()).limit(MAX_FRAMES).map(Failure::row).toList());
      causes.add(row);
    }
    return causes;
  }

  /** What was remote already keeps its name. */
  private static String nameOf(Throwable thrown) {
    return thrown instanceof RemoteException remote
        ? remote.className()
        : thrown.getClass().getName();
  }

  private static String messageOf(Throwable thrown) {
    return thrown instanceof RemoteException remote ? remote.remoteMessage() : thrown.getMessage();
  }

  private static List<Object> row(StackTraceElement frame) {
    return Arrays.asList(
        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
  }

  static RemoteException toException(List<?> causes) {
    RemoteException exception = null;
    for (int i = causes.size() - 1; i >= 0; i--) {
      Map<?, ?> row = (Map<?, ?>) causes.get(i);
      StackTraceElement[] stack =
          ((List<?>) row.get("stack"))
              .stream().map(frame -> frame((List<?>) frame)).toArray(StackTraceElement[]::new);
      exception =
          new RemoteException(
              (String) row.get("class"), (String) row.get("message"), stack, exception);
    }
    return exception;
  }

  private static StackTraceElement frame(List<?> row) {
    return new StackTraceElement(
        (String) row.get(0), (String) row.get(1), (String) row.get(2), (Integer) row.get(3));
  }
}
