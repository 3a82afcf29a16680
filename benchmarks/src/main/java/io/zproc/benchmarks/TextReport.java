package io.zproc.benchmarks;

import io.zproc.benchmarks.race.Kind;
import io.zproc.benchmarks.race.Row;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The result as a table for a terminal; each group is printed when it is there. */
final class TextReport {
  private static final String LINE = "%-40s %9s %9s %9s %9s %9s %9s %9s %7s %9s %8s%n";

  private final PrintStream out;

  TextReport(PrintStream out) {
    this.out = out;
  }

  void head(Machine machine, List<String> notes) {
    out.printf(
        Locale.ROOT,
        "%d cores, %s%n%s%n%s%nJVM flags: %s%nload average before: %.2f%n",
        machine.cores(),
        machine.cpu(),
        machine.os(),
        machine.jdk(),
        String.join(" ", machine.flags()),
        machine.load());
    out.println(
        "median, best: of the medians of the rounds; ratio: of median to that of the row marked *");
    out.println("where 'per' exceeds 1, percentiles are of batches of so many operations");
    notes.forEach(note -> out.println("note: " + note));
  }

  void group(List<Row> rows) {
    Row first = rows.get(0);
    out.println();
    out.printf(
        Locale.ROOT,
        LINE,
        title(first),
        "median",
        "best",
        "p50",
        "p90",
        "p99",
        "p99.9",
        "max",
        "B/op",
        "ops/s",
        "ratio");
    rows.forEach(this::row);
    out.flush();
  }

  private void row(Row row) {
    out.printf(
        Locale.ROOT,
        LINE,
        "  " + row.name() + (row.batch() > 1 ? " per " + row.batch() : "") + mark(row),
        time(row.median()),
        time(row.best()),
        time(row.p50()),
        time(row.p90()),
        time(row.p99()),
        time(row.p999()),
        time(row.max()),
        String.format(Locale.ROOT, "%.0f", row.bytesPerOperation()),
        rate(row.perSecond()),
        String.format(Locale.ROOT, "%.2f", row.ratio()));
  }

  private static String title(Row first) {
    return first.strategy().equals("-") ? first.group() : first.group() + ", " + first.strategy();
  }

  private static String mark(Row row) {
    return row.kind() == Kind.FLOOR ? " *" : "";
  }

  static String time(double ns) {
    if (ns < 1e3) {
      return String.format(Locale.ROOT, ns < 100 ? "%.1f ns" : "%.0f ns", ns);
    }
    return ns < 1e6
        ? String.format(Locale.ROOT, "%.2f µs", ns / 1e3)
        : String.format(Locale.ROOT, "%.2f ms", ns / 1e6);
  }

  private static String rate(double perSecond) {
    return perSecond < 1e6
        ? String.format(Locale.ROOT, "%.1f k", perSecond / 1e3)
        : String.format(Locale.ROOT, "%.2f M", perSecond / 1e6);
  }
}
