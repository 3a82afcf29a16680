package io.zproc.cli;

import io.zproc.Context;
import io.zproc.internal.process.ProcessRecord;
import io.zproc.internal.process.ProcessTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zproc ps}. */
@Command(
    name = "ps",
    description = {
      "Prints the processes that contexts on the server have started, oldest first: id, pid, state,"
          + " restarts, exit code (-N when ended by signal N), target.",
      "Those that have ended are listed until their context is closed. Those whose parent was killed"
          + " are lost; they are listed until another context starts processes."
    })
final class ProcessesCommand extends ClientCommand {
  private static final String ROW = "%-12s  %7s  %-8s  %8s  %4s  %s";

  @Option(
      names = {"-r", "--running"},
      description = "Leaves out those that have ended.")
  private boolean running;

  @Override
  int run(Context context) {
    List<Map.Entry<String, ProcessRecord>> rows =
        new ArrayList<>(new ProcessTable(context).all().entrySet());
    rows.removeIf(row -> running && hasEnded(row.getValue()));
    rows.sort(Map.Entry.comparingByValue(Comparator.comparing(ProcessRecord::started)));
    if (isJson()) {
      out().println(JsonPrinter.print(rows.stream().map(ProcessesCommand::toJson).toList()));
    } else {
      out().println(String.format(ROW, "ID", "PID", "STATE", "RESTARTS", "EXIT", "TARGET"));
      rows.forEach(row -> out().println(toText(row.getKey(), row.getValue())));
    }
    return ExitCode.OK;
  }

  private static boolean hasEnded(ProcessRecord process) {
    return process.state().isEnd() || process.isLost();
  }

  private static String state(ProcessRecord process) {
    return !process.state().isEnd() && process.isLost()
        ? "lost"
        : process.state().name().toLowerCase(Locale.ROOT);
  }

  private static String toText(String id, ProcessRecord process) {
    return String.format(
        ROW,
        id,
        process.pid(),
        state(process),
        process.restarts(),
        process.exitCode() == null ? "" : process.exitCode(),
        process.name());
  }

  private static Map<String, Object> toJson(Map.Entry<String, ProcessRecord> row) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", row.getKey());
    object.putAll(row.getValue().toMap());
    object.put("lost", row.getValue().isLost());
    return object;
  }
}
