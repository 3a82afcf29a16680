package io.zproc.internal.process;

import io.zproc.ProcessOptions;
import io.zproc.SignalException;
import io.zproc.Signals;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a target is tried again. Exceptions are known by their names: the child looks up none of
 * their classes.
 *
 * @param exceptions names of classes; their subclasses count, too
 * @param limit how many retries there may be, or {@link ProcessOptions#UNLIMITED}
 */
record RetryPolicy(Set<String> exceptions, Set<Signals> signals, Duration delay, int limit) {

  static RetryPolicy of(ProcessOptions options) {
    return new RetryPolicy(
        options.retryFor().stream().map(Class::getName).collect(Collectors.toSet()),
        options.retryForSignals(),
        options.retryDelay(),
        options.maxRetries());
  }

  boolean allowsAfter(int restarts) {
    return limit == ProcessOptions.UNLIMITED || restarts < limit;
  }

  boolean covers(Throwable thrown) {
    if (thrown instanceof SignalException signalled && signals.contains(signalled.signal())) {
      return true;
    }
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (exceptions.contains(type.getName())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a process that ended with this code was ended by one of the signals. */
  boolean covers(int exitCode) {
    return signals.stream().anyMatch(signal -> exitCode == -signal.number());
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(exceptions.size());
    for (String exception : exceptions) {
      out.writeUTF(exception);
    }
    out.writeInt(signals.size());
    for (Signals signal : signals) {
      out.writeUTF(signal.name());
    }
    out.writeLong(delay.toNanos());
    out.writeInt(limit);
  }

  static RetryPolicy read(DataInput in) throws IOException {
    Set<String> exceptions = new HashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      exceptions.add(in.readUTF());
    }
    Set<Signals> signals = new HashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      signals.add(Signals.valueOf(in.readUTF()));
    }
    return new RetryPolicy(exceptions, signals, Duration.ofNanos(in.readLong()), in.readInt());
  }
}
