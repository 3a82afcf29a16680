package io.zproc.cli;

import io.zproc.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code zproc ping}. */
@Command(
    name = "ping",
    description = "Asks a server for a sign of life; exits with 5 if there is none.")
final class PingCommand extends ClientCommand {
  private static final long MICRO = 1000;

  @Override
  boolean takePlain(List<String> arguments) {
    return arguments.isEmpty();
  }

  @Override
  int run(Context context) {
    context.ping(timeout()); // The first one opens the session.
    long before = System.nanoTime();
    long pid = context.ping(timeout());
    long micros = (System.nanoTime() - before) / MICRO;
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("address", context.address());
    answer.put("pid", pid);
    answer.put("micros", micros);
    out()
        .println(
            isJson()
                ? JsonPrinter.print(answer)
                : "process " + pid + " at " + context.address() + " answered in " + micros + " µs");
    return ExitCode.OK;
  }
}
