package io.zproc.cli;

import io.zproc.Change;
import io.zproc.Context;
import io.zproc.Update;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zproc watch}. */
@Command(
    name = "watch",
    description = {
      "Prints each update of a namespace, one line per commit, from now on: every one, in order.",
      "Ends after --count updates, or with 4 when --timeout passes without one."
    })
final class WatchCommand extends ClientCommand {
  @Parameters(paramLabel = "KEY", arity = "0..*", description = "Only changes of these keys.")
  private List<String> keys = List.of();

  @Option(names = "--live", description = "May skip updates, so as to print only fresh ones.")
  private boolean live;

  @Option(
      names = "--from",
      paramLabel = "REVISION",
      description = "Begins with what was committed after this revision; 0 for all there ever was.")
  private Long from;

  @Option(names = "--count", paramLabel = "N", description = "Ends after so many updates.")
  private Long count;

  @Override
  void checkArguments() {
    if (live && from != null) {
      throw misuse("--live begins now, so --from can not go with it");
    }
    if (from != null && from < 0) {
      throw misuse("--from=" + from + " is negative");
    }
    if (count != null && count < 1) {
      throw misuse("--count=" + count + " is below 1");
    }
  }

  @Override
  int run(Context context) {
    String[] names = keys.toArray(String[]::new);
    try (Watch<String, Object> watch = context.state().watch(options(), names)) {
      for (long left = count == null ? Long.MAX_VALUE : count; left > 0; left--) {
        Update<String, Object> update = watch.next();
        out().println(isJson() ? JsonPrinter.print(object(update)) : line(update));
        if (out().checkError()) {
          break; // Nobody reads any longer, as in "zproc watch | head -1".
        }
      }
    }
    return ExitCode.OK;
  }

  private WatchOptions options() {
    WatchOptions options = live ? WatchOptions.live() : WatchOptions.buffered();
    options = from == null ? options : options.fromRevision(from);
    return typedTimeout() == null ? options : options.timeout(typedTimeout());
  }

  private String line(Update<?, ?> update) {
    return changes(update).stream()
        .map(
            change ->
                change.isPresent()
                    ? Texts.key(change.key()) + "=" + JsonPrinter.print(change.after())
                    : Texts.key(change.key()) + " removed")
        .collect(Collectors.joining("  ", update.revision() + "  ", ""));
  }

  private Map<String, Object> object(Update<?, ?> update) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("revision", update.revision());
    object.put("timestamp", update.timestamp());
    object.put("changes", changes(update).stream().map(WatchCommand::object).toList());
    return object;
  }

  /** Without {@code before} when it was not there, without {@code after} when it is gone. */
  private static Map<String, Object> object(Change<?, ?> change) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("key", change.key());
    if (change.wasPresent()) {
      object.put("before", change.before());
    }
    if (change.isPresent()) {
      object.put("after", change.after());
    }
    return object;
  }

  private List<Change<?, ?>> changes(Update<?, ?> update) {
    Set<String> wanted = Set.copyOf(keys);
    List<Change<?, ?>> changes = new ArrayList<>(update.changes());
    changes.removeIf(change -> !wanted.isEmpty() && !wanted.contains(change.key()));
    return changes;
  }
}
