package io.zproc.cli;

import io.zproc.cli.demo.PeanutDemo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code zproc demo}. */
@Command(
    name = "demo",
    description = {
      "Tells the peanut story on five processes: a server, a generator of peanuts, and a live, a"
          + " buffered and a hybrid consumer, who share a state and nothing else.",
      "Exits with 0 if the buffered consumer has missed nothing."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--peanuts",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many peanuts to generate; ${DEFAULT-VALUE} without it.")
  private int peanuts;

  @Mixin private DebugOption debug;

  @Mixin private HelpOption help;

  @Override
  public Integer call() throws InterruptedException {
    if (peanuts < 1 || peanuts > PeanutDemo.MAX_PEANUTS) {
      throw new ParameterException(
          spec.commandLine(),
          "--peanuts=" + peanuts + " is not between 1 and " + PeanutDemo.MAX_PEANUTS);
    }
    new PeanutDemo(peanuts, spec.commandLine().getOut()).run();
    return ExitCode.OK;
  }
}
