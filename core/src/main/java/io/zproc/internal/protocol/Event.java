package io.zproc.internal.protocol;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.MalformedValueException;

/**
 * One event of the journal: all changes of one commit. A flyweight over a reused array; move it
 * with {@link #nextChange}, whose accessors are valid until the next call.
 *
 * <pre>
 *   revision (8) | time, ns since 1970 (8) | session (8) | sequence (8) | origin (8)
 *   number of changes (4), each: kind (1) | namespace (4) | what the kind needs
 *     PUT         previous version (8, 0 if it was absent) | key | value
 *     REMOVE      previous version (8) | key
 *     CLEAR       number of keys removed (8)
 *     NAMESPACE   name
 *     START       pid (8) | generation (8) | identity of the state (8)
 * </pre>
 *
 * Keys, values and names are a length (4) and bytes; numbers are big-endian.
 */
public final class Event {
  public static final int REVISION_OFFSET = 0;
  public static final int TIMESTAMP_OFFSET = REVISION_OFFSET + Long.BYTES;
  public static final int SESSION_OFFSET = TIMESTAMP_OFFSET + Long.BYTES;
  public static final int SEQUENCE_OFFSET = SESSION_OFFSET + Long.BYTES;
  public static final int ORIGIN_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
  public static final int COUNT_OFFSET = ORIGIN_OFFSET + Long.BYTES;
  public static final int HEADER_LENGTH = COUNT_OFFSET + Integer.BYTES;

  private final ByteReader reader = new ByteReader();
  private byte[] bytes = new byte[512];
  private int length;
  private long revision;
  private long timestampNs;
  private long session;
  private long sequence;
  private long origin;
  private int changes;
  private int remaining;

  private byte kind;
  private int namespace;
  private long number;
  private int keyOffset;
  private int keyLength;
  private int valueOffset;
  private int valueLength;
  private long identity;

  /** An array of at least {@code length} bytes for a transport to fill, then {@link #wrap}. */
  public byte[] ensure(int length) {
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, Math.min(bytes.length * 2, Limits.MAX_MESSAGE))];
    }
    return bytes;
  }

  /** As {@link #ensure}, keeping the first {@code kept} bytes. */
  public byte[] ensureKeeping(int length, int kept) {
    byte[] before = bytes;
    if (ensure(length) != before) {
      System.arraycopy(before, 0, bytes, 0, kept);
    }
    return bytes;
  }

  /** Reads the header of the {@code size} bytes in the array given by {@link #ensure}. */
  public Event wrap(int size) {
    length = size;
    reader.wrap(bytes, 0, size);
    revision = reader.readLong();
    timestampNs = reader.readLong();
    session = reader.readLong();
    sequence = reader.readLong();
    origin = reader.readLong();
    changes = reader.readInt();
    remaining = changes;
    return this;
  }

  /** Goes back in front of the first change. */
  public Event rewind() {
    reader.position(HEADER_LENGTH);
    remaining = changes;
    return this;
  }

  public boolean nextChange() {
    if (remaining == 0) {
      return false;
    }
    remaining--;
    kind = reader.readByte();
    namespace = reader.readInt();
    switch (kind) {
      case ChangeKind.PUT:
        number = reader.readLong();
        readKey();
        valueLength = reader.readLength();
        valueOffset = reader.position();
        reader.skip(valueLength);
        break;
      case ChangeKind.REMOVE:
        number = reader.readLong();
        readKey();
        break;
      case ChangeKind.CLEAR:
        number = reader.readLong();
        break;
      case ChangeKind.NAMESPACE:
        readKey();
        break;
      case ChangeKind.START:
        number = reader.readLong();
        reader.readLong();
        identity = reader.readLong();
        break;
      default:
        throw new MalformedValueException("change of kind " + kind + " at revision " + revision);
    }
    return true;
  }

  private void readKey() {
    keyLength = reader.readLength();
    keyOffset = reader.position();
    reader.skip(keyLength);
  }

  public long revision() {
    return revision;
  }

  public long timestampNs() {
    return timestampNs;
  }

  public long session() {
    return session;
  }

  public long sequence() {
    return sequence;
  }

  public long origin() {
    return origin;
  }

  public int changes() {
    return changes;
  }

  public byte kind() {
    return kind;
  }

  public int namespace() {
    return namespace;
  }

  /** Of PUT and REMOVE: the revision that had written the value before, 0 if it was absent. */
  public long previousVersion() {
    return number;
  }

  public byte[] array() {
    return bytes;
  }

  /** Of the whole event, in bytes from index 0 of {@link #array}. */
  public int length() {
    return length;
  }

  public int keyOffset() {
    return keyOffset;
  }

  public int keyLength() {
    return keyLength;
  }

  public int valueOffset() {
    return valueOffset;
  }

  public int valueLength() {
    return valueLength;
  }

  public byte[] key() {
    return java.util.Arrays.copyOfRange(bytes, keyOffset, keyOffset + keyLength);
  }

  public byte[] value() {
    return java.util.Arrays.copyOfRange(bytes, valueOffset, valueOffset + valueLength);
  }

  /** Of START. */
  public long identity() {
    return identity;
  }

  /** Begins an event in {@code out}; its number of changes is set by {@link #end}. */
  public static void begin(
      ByteWriter out, long revision, long timestampNs, long session, long sequence, long origin) {
    out.clear()
        .writeLong(revision)
        .writeLong(timestampNs)
        .writeLong(session)
        .writeLong(sequence)
        .writeLong(origin)
        .writeInt(0);
  }

  public static void put(
      ByteWriter out,
      int namespace,
      long previousVersion,
      byte[] key,
      byte[] value,
      int offset,
      int length) {
    beginPut(out, namespace, previousVersion, key, length);
    out.writeBytes(value, offset, length);
  }

  /** As {@link #put}; the {@code length} bytes of the value are to follow. */
  public static void beginPut(
      ByteWriter out, int namespace, long previousVersion, byte[] key, int length) {
    beginPut(out, namespace, previousVersion).writeBlob(key, 0, key.length).writeInt(length);
  }

  /** As {@link #put}; the key is to follow, as a length and bytes, and then so is the value. */
  public static ByteWriter beginPut(ByteWriter out, int namespace, long previousVersion) {
    return out.writeByte(ChangeKind.PUT).writeInt(namespace).writeLong(previousVersion);
  }

  public static void remove(ByteWriter out, int namespace, long previousVersion, byte[] key) {
    beginRemove(out, namespace, previousVersion).writeBlob(key, 0, key.length);
  }

  /** As {@link #remove}; the key is to follow, as a length and bytes. */
  public static ByteWriter beginRemove(ByteWriter out, int namespace, long previousVersion) {
    return out.writeByte(ChangeKind.REMOVE).writeInt(namespace).writeLong(previousVersion);
  }

  public static void clear(ByteWriter out, int namespace, long count) {
    out.writeByte(ChangeKind.CLEAR).writeInt(namespace).writeLong(count);
  }

  public static void namespace(ByteWriter out, int namespace, byte[] name) {
    out.writeByte(ChangeKind.NAMESPACE).writeInt(namespace).writeBlob(name, 0, name.length);
  }

  /**
   * @param identity of the state, see {@link io.zproc.spi.Connection#identity}
   */
  public static void start(ByteWriter out, long pid, long generation, long identity) {
    out.writeByte(ChangeKind.START)
        .writeInt(0)
        .writeLong(pid)
        .writeLong(generation)
        .writeLong(identity);
  }

  public static void end(ByteWriter out, int changes) {
    out.setInt(COUNT_OFFSET, changes);
  }
}
