package io.zproc.cli;

import io.zproc.Context;
import io.zproc.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zproc ls}. */
@Command(
    name = "ls",
    description = {
      "Prints the keys of a namespace, sorted, all as of one moment.",
      "With --json an array of them, with --json --long an object of keys and values."
    })
final class ListCommand extends ClientCommand {
  @Option(
      names = {"-l", "--long"},
      description = "Also prints each key's type and value, separated by tabs.")
  private boolean detailed;

  @Override
  int run(Context context) {
    Snapshot<String, Object> snapshot = context.state().copy();
    // Other programs may have put keys that are no strings.
    List<Object> keys = new ArrayList<>(snapshot.keySet());
    keys.sort(Comparator.comparing(Texts::key));
    if (isJson()) {
      out().println(JsonPrinter.print(detailed ? table(keys, snapshot) : keys));
    } else {
      keys.forEach(key -> out().println(detailed ? row(key, snapshot) : Texts.key(key)));
    }
    return ExitCode.OK;
  }

  private static Map<Object, Object> table(List<Object> keys, Map<?, ?> snapshot) {
    Map<Object, Object> table = new LinkedHashMap<>();
    keys.forEach(key -> table.put(key, snapshot.get(key)));
    return table;
  }

  private static String row(Object key, Map<?, ?> snapshot) {
    Object value = snapshot.get(key);
    return String.join("\t", Texts.key(key), Texts.type(value), JsonPrinter.print(value));
  }
}
