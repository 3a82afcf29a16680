package io.zproc.cli;

import java.util.Arrays;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** {@code --debug}, for commands that may fail. */
final class DebugOption {
  private static final String NAME = "--debug";

  @Option(names = NAME, description = "Shows the stack of a failure.")
  private boolean debug;

  static boolean isIn(ParseResult parsed) {
    return parsed.hasMatchedOption(NAME);
  }

  /** For arguments that could not be parsed. */
  static boolean isIn(String[] arguments) {
    return Arrays.asList(arguments).contains(NAME);
  }
}
