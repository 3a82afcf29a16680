package io.zproc.cli;

import io.zproc.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code zproc stat}. */
@Command(name = "stat", description = "Prints what a server counts and knows of itself.")
final class StatisticsCommand extends ClientCommand {

  @Override
  int run(Context context) {
    Map<String, String> statistics = new LinkedHashMap<>();
    statistics.put("address", context.address());
    statistics.putAll(context.statistics());
    if (isJson()) {
      Map<String, Object> typed = new LinkedHashMap<>(statistics);
      typed.replaceAll((name, value) -> JsonParser.parseLenient((String) value));
      out().println(JsonPrinter.print(typed));
    } else {
      int width = statistics.keySet().stream().mapToInt(String::length).max().orElse(0);
      statistics.forEach(
          (name, value) -> out().println(name + " ".repeat(width - name.length() + 2) + value));
    }
    return ExitCode.OK;
  }
}
