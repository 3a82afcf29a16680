package io.zproc.benchmarks;

import io.zproc.benchmarks.race.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result as one JSON object; times are nanoseconds for one operation. Stateless. */
final class JsonReport {
  private JsonReport() {}

  static String of(Machine machine, Settings settings, List<String> notes, List<Row> rows) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("machine", machine(machine));
    result.put("strategies", settings.strategies());
    result.put("quick", settings.quick());
    result.put("notes", notes);
    result.put("rows", rows.stream().map(JsonReport::row).toList());
    return Json.write(result);
  }

  private static Map<String, Object> machine(Machine machine) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cores", machine.cores());
    fields.put("cpu", machine.cpu());
    fields.put("os", machine.os());
    fields.put("jdk", machine.jdk());
    fields.put("load", machine.load());
    fields.put("flags", machine.flags());
    return fields;
  }

  private static Map<String, Object> row(Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("group", row.group());
    fields.put("strategy", row.strategy());
    fields.put("name", row.name());
    fields.put("kind", row.kind());
    fields.put("count", row.count());
    fields.put("batch", row.batch());
    fields.put("median", row.median());
    fields.put("best", row.best());
    fields.put("p50", row.p50());
    fields.put("p90", row.p90());
    fields.put("p99", row.p99());
    fields.put("p99.9", row.p999());
    fields.put("max", row.max());
    fields.put("bytesPerOperation", row.bytesPerOperation());
    fields.put("operationsPerSecond", row.perSecond());
    fields.put("ratio", row.ratio());
    return fields;
  }
}
