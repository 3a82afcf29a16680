package io.zproc.shm.internal.journal;

import io.zproc.codec.ByteWriter;
import java.util.Arrays;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;

/**
 * The bytes of one event, and behind them in the journal their CRC. A long value is not copied into
 * them: it stays in the array that it came in, and goes from there to the journal. Reused by all
 * events; the server's thread only.
 */
public final class EventBytes {
  /** Of the CRC-32C behind an event. */
  static final int CRC_LENGTH = Integer.BYTES;

  private final ByteWriter writer = new ByteWriter(4096);

  /*
   * The values that are elsewhere: where in the writer each one belongs, and where it is.
   */
  private int[] places = new int[4];
  private byte[][] arrays = new byte[4][];
  private int[] offsets = new int[4];
  private int[] lengths = new int[4];
  private int count;
  private int elsewhere;

  private final CRC32C crc = new CRC32C();
  private final ByteWriter crcBytes = new ByteWriter(CRC_LENGTH);

  /** What is written there comes behind all that was written or referred to before. */
  public ByteWriter writer() {
    return writer;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(arrays, 0, count, null);
    count = 0;
    elsewhere = 0;
    writer.clear();
  }

  /** Goes on with bytes that are not copied now; they must stay as they are until the append. */
  public void refer(byte[] array, int offset, int length) {
    if (count == places.length) {
      grow();
    }
    places[count] = writer.position();
    arrays[count] = array;
    offsets[count] = offset;
    lengths[count] = length;
    count++;
    elsewhere += length;
  }

  private void grow() {
    places = Arrays.copyOf(places, count * 2);
    arrays = Arrays.copyOf(arrays, count * 2);
    offsets = Arrays.copyOf(offsets, count * 2);
    lengths = Arrays.copyOf(lengths, count * 2);
  }

  /** Of the whole event without its CRC, in bytes. */
  public int length() {
    return writer.position() + elsewhere;
  }

  void appendTo(Bytes<?> out) {
    crc.reset();
    int written = 0;
    for (int i = 0; i < count; i++) {
      append(out, writer.array(), written, places[i] - written);
      written = places[i];
      append(out, arrays[i], offsets[i], lengths[i]);
    }
    append(out, writer.array(), written, writer.position() - written);
    crcBytes.clear().writeInt((int) crc.getValue());
    out.write(crcBytes.array(), 0, CRC_LENGTH);
  }

  private void append(Bytes<?> out, byte[] array, int offset, int length) {
    crc.update(array, offset, length);
    out.write(array, offset, length);
  }
}
