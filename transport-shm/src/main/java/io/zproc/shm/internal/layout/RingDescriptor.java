package io.zproc.shm.internal.layout;

/**
 * A ring of messages from one writer to one reader.
 *
 * <pre>
 *     0  head (8)        bytes taken so far, by the reader
 *   128  data            records, each aligned to 8 bytes and never wrapped
 *
 *   record   length (4) | flags (4) | sequence (8) | payload, padded to 8
 * </pre>
 *
 * The first word of a record publishes it: the writer first clears the word behind the record, then
 * writes payload and sequence, then stores the word with release order; a reader that finds it not
 * zero has the whole record. It is never zero, since the flags have a bit that is always set. A
 * record of PADDING fills the rest of the ring before a wrap. A message longer than a record may be
 * comes as several, all but the last with MORE.
 */
public final class RingDescriptor {
  public static final int HEAD_OFFSET = 0;
  public static final int HEADER_LENGTH = 128;

  public static final int RECORD_WORD_OFFSET = 0;
  public static final int RECORD_SEQUENCE_OFFSET = RECORD_WORD_OFFSET + Long.BYTES;
  public static final int RECORD_HEADER_LENGTH = RECORD_SEQUENCE_OFFSET + Long.BYTES;
  public static final int ALIGNMENT = 8;

  public static final int PRESENT = 1;
  public static final int MORE = 2;
  public static final int PADDING = 4;

  private RingDescriptor() {}

  /** The longest payload of one record in a ring of that capacity. */
  public static int maxPayload(int capacity) {
    return capacity / 4 - RECORD_HEADER_LENGTH;
  }

  public static int align(int length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  static long word(int length, int flags) {
    return ((long) flags << 32) | length;
  }

  public static long recordWord(int length, int flags) {
    return word(length, flags | PRESENT);
  }

  public static int length(long word) {
    return (int) word;
  }

  public static int flags(long word) {
    return (int) (word >>> 32);
  }
}
