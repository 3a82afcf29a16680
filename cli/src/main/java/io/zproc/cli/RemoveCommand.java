package io.zproc.cli;

import io.zproc.Context;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code zproc rm KEY…}. */
@Command(
    name = "rm",
    description = "Removes keys in one commit; exits with 3 if any of them was not there.")
final class RemoveCommand extends ClientCommand {
  @Parameters(paramLabel = "KEY", arity = "1..*", description = "The keys, which are strings.")
  private List<String> keys;

  @Override
  boolean takePlain(List<String> arguments) {
    keys = arguments;
    return !arguments.isEmpty();
  }

  @Override
  int run(Context context) {
    Set<String> distinct = new LinkedHashSet<>(keys);
    List<String> missing =
        context
            .state()
            .atomic(
                tx -> {
                  List<String> absent = new ArrayList<>(distinct);
                  absent.removeIf(tx::containsKey);
                  distinct.forEach(tx::remove);
                  return absent;
                });
    return missing.isEmpty() ? ExitCode.OK : notFound(context, String.join(", ", missing));
  }
}
