package io.zproc.cli;

import picocli.CommandLine.Option;

/** {@code --json}, for commands that print something. */
final class JsonOption {
  @Option(names = "--json", description = "Prints JSON for a program to read.")
  private boolean json;

  boolean isGiven() {
    return json;
  }
}
