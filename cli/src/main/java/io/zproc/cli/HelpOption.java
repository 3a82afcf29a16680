package io.zproc.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --help}, and how help looks. */
@Command(sortOptions = false, usageHelpAutoWidth = true)
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  private boolean help;
}
