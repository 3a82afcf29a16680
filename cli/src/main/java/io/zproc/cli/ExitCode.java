package io.zproc.cli;

/** What the command's exit status means; the same for all subcommands. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int NOT_FOUND = 3;
  static final int TIMEOUT = 4;
  static final int SERVER_DOWN = 5;

  private ExitCode() {}
}
