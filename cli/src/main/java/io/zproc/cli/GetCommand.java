package io.zproc.cli;

import io.zproc.Context;
import io.zproc.State;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zproc get KEY}. */
@Command(
    name = "get",
    description = {
      "Prints the value of a key as JSON; exits with 3 if there is none.",
      "An Instant, Duration or UUID prints as a string, bytes as a string in Base64."
    })
final class GetCommand extends ClientCommand {
  @Parameters(paramLabel = "KEY", description = "The key, a string.")
  private String key;

  @Option(
      names = {"-r", "--raw"},
      description = "Prints a string without quotes.")
  private boolean raw;

  @Override
  boolean takePlain(List<String> arguments) {
    key = arguments.isEmpty() ? null : arguments.get(0);
    return arguments.size() == 1;
  }

  @Override
  int run(Context context) {
    State<String, Object> state = context.state();
    Object value = state.get(key);
    if (value == null && !state.containsKey(key)) {
      return notFound(context, key);
    }
    out().println(raw && value instanceof String text ? text : JsonPrinter.print(value));
    return ExitCode.OK;
  }
}
