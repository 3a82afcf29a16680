package io.zproc.cli;

import io.zproc.AddressException;
import io.zproc.ServerDownException;
import io.zproc.ValueTooLongException;
import io.zproc.ZProcException;
import io.zproc.ZProcTimeoutException;
import io.zproc.internal.jvm.OpenFiles;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Turns exceptions into a sentence and an exit code. Stateless. */
final class Failures {
  private Failures() {}

  /** Says what went wrong; with {@code --debug} also where. */
  static int report(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println("zproc: " + sentence(e));
    if (DebugOption.isIn(command.getParseResult())) {
      e.printStackTrace(err);
    }
    return exitCode(e);
  }

  /** As for an exception; what an error means is often in its class alone. */
  static int report(Error e, PrintWriter err, boolean debug) {
    String sentence = OpenFiles.explain(e).map(ZProcException::getMessage).orElse(e.toString());
    err.println("zproc: " + sentence);
    if (debug) {
      e.printStackTrace(err);
    }
    return ExitCode.FAILURE;
  }

  static int exitCode(Throwable e) {
    if (e instanceof ServerDownException) {
      return ExitCode.SERVER_DOWN;
    }
    if (e instanceof ZProcTimeoutException) {
      return ExitCode.TIMEOUT;
    }
    return isMisuse(e) ? ExitCode.USAGE : ExitCode.FAILURE;
  }

  /** Whether what was typed would never do, so that it has to be typed in another way. */
  private static boolean isMisuse(Throwable e) {
    return e instanceof AddressException
        || e instanceof IllegalArgumentException
        || e instanceof UsageException
        || e instanceof ValueTooLongException;
  }

  /** The message in one line; of an exception without one, its class. */
  static String sentence(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.toString()
        : message.replaceAll("\\s*\n\\s*", " ");
  }
}
