package io.zproc.shm.internal.server;

import io.zproc.codec.ByteWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What the server counts, and what it can tell of itself. The server's thread only. */
final class Statistics {
  long commands;
  long commits;
  long conflicts;
  long droppedSessions;
  private final Map<String, LongSupplier> gauges = new LinkedHashMap<>();

  void gauge(String name, LongSupplier supplier) {
    gauges.put(name, supplier);
  }

  /** Appends pairs of name and value, as text, until the end of the message. */
  void write(ByteWriter out) {
    gauges.forEach((name, gauge) -> pair(out, name, gauge.getAsLong()));
    pair(out, "commands", commands);
    pair(out, "commits", commits);
    pair(out, "conflicts", conflicts);
    pair(out, "dropped_sessions", droppedSessions);
  }

  private static void pair(ByteWriter out, String name, long value) {
    out.writeText(name).writeText(Long.toString(value));
  }
}
