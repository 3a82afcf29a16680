package io.zproc.cli;

import io.zproc.AddressException;
import io.zproc.ServerDownException;
import io.zproc.ZProcTimeoutException;
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

  static int exitCode(Throwable e) {
    if (e instanceof ServerDownException) {
      return ExitCode.SERVER_DOWN;
    }
    if (e instanceof ZProcTimeoutException) {
      return ExitCode.TIMEOUT;
    }
    return e instanceof AddressException ? ExitCode.USAGE : ExitCode.FAILURE;
  }

  /** The message in one line; of an exception without one, its class. */
  static String sentence(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.toString()
        : message.replaceAll("\\s*\n\\s*", " ");
  }
}
