package io.zproc.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code zproc} says without a subcommand. */
@Command(
    name = "zproc",
    synopsisSubcommandLabel = "COMMAND",
    description = "A dictionary that many processes share, change atomically and watch.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; the sentence on standard error says why",
      "2:wrong usage",
      "3:there is no such key",
      "4:it did not happen in time",
      "5:no server runs at the address"
    },
    footer = {
      "",
      "./zproc of a checkout also has:",
      "  bench   Measures the library between processes, beside floors and peers.",
      "",
      "To see it at work: zproc demo",
      "To try it: zproc server &   zproc put apples 2   zproc get apples"
    })
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private HelpOption help;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
