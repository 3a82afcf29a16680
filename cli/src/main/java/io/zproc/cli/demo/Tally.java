package io.zproc.cli.demo;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Which peanuts a consumer got, and how old they were. One thread. */
final class Tally {
  private static final int DIGITS = 3;
  private static final double MICRO = 1000;

  private final Histogram ages;
  private long received;
  private long last;
  private boolean inOrder = true;

  Tally() {
    this(new Histogram(DIGITS));
  }

  private Tally(Histogram ages) {
    this.ages = ages;
  }

  void add(long number, long ageNs) {
    inOrder &= number > last;
    last = number;
    received++;
    ages.recordValue(Math.max(0, ageNs));
  }

  long received() {
    return received;
  }

  /** The number of the newest peanut, 0 without any. */
  long last() {
    return last;
  }

  /** Whether no peanut came twice, or after a later one. */
  boolean isInOrder() {
    return inOrder;
  }

  double micros(double percentile) {
    return ages.getValueAtPercentile(percentile) / MICRO;
  }

  /** This tally as plain data, to be put into a state. */
  Map<String, Object> toValue() {
    ByteBuffer buffer = ByteBuffer.allocate(ages.getNeededByteBufferCapacity());
    int length = ages.encodeIntoCompressedByteBuffer(buffer);
    return Map.of(
        "received", received,
        "last", last,
        "in_order", inOrder,
        "ages_ns", Arrays.copyOf(buffer.array(), length));
  }

  static Tally ofValue(Object value) {
    Map<?, ?> fields = (Map<?, ?>) value;
    try {
      ByteBuffer encoded = ByteBuffer.wrap((byte[]) fields.get("ages_ns"));
      Tally tally = new Tally(Histogram.decodeFromCompressedByteBuffer(encoded, 0));
      tally.received = (long) fields.get("received");
      tally.last = (long) fields.get("last");
      tally.inOrder = (boolean) fields.get("in_order");
      return tally;
    } catch (DataFormatException e) {
      throw new IllegalStateException("a consumer reported a broken histogram", e);
    }
  }
}
