package io.zproc.internal.protocol;

import io.zproc.codec.ByteWriter;

/**
 * Writes a commit, the only command that changes a state: conditions that must all hold, then
 * writes that are applied together.
 *
 * <pre>
 *   type COMMIT (1) | flags (1) | origin (8)
 *   number of conditions (4), each: kind (1) | namespace (4) | what the kind needs
 *     ABSENT, PRESENT     key
 *     VERSION             key | revision (8)
 *     VALUE               key | value
 *     NAMESPACE_VERSION   revision (8)
 *   number of writes (4), each: kind (1) | namespace (4) | what the kind needs
 *     PUT                 key | value
 *     REMOVE              key
 *     CLEAR
 *     ADD                 key | number
 * </pre>
 *
 * Keys and values are a length (4) and bytes; numbers are big-endian. Conditions come before
 * writes. The reply to OK is the revision (8) and, with {@link #RETURN_RESULTS}, for each write the
 * revision that wrote the previous value (8, 0 if there was none) and the previous value (length −1
 * if there was none); for ADD the new value instead.
 */
public final class BatchEncoder {
  public static final int RETURN_RESULTS = 1;

  /** Gives the turn back with this commit, whether it is applied or not. */
  public static final int GIVE_TURN = 2;

  private ByteWriter out;
  private int countIndex;
  private int conditions;
  private int writes;
  private boolean inWrites;

  /** Starts a commit at the writer's position. */
  public BatchEncoder wrap(ByteWriter writer, int flags, long origin) {
    out = writer;
    writer.writeByte(MessageType.COMMIT).writeByte(flags).writeLong(origin);
    countIndex = writer.position();
    writer.writeInt(0);
    conditions = 0;
    writes = 0;
    inWrites = false;
    return this;
  }

  public BatchEncoder ifAbsent(int namespace, byte[] key) {
    condition(ConditionKind.ABSENT, namespace).writeBlob(key, 0, key.length);
    return this;
  }

  public BatchEncoder ifPresent(int namespace, byte[] key) {
    condition(ConditionKind.PRESENT, namespace).writeBlob(key, 0, key.length);
    return this;
  }

  /** Version 0 stands for a key that is not there. */
  public BatchEncoder ifVersion(int namespace, byte[] key, long version) {
    if (version == 0) {
      return ifAbsent(namespace, key);
    }
    condition(ConditionKind.VERSION, namespace).writeBlob(key, 0, key.length).writeLong(version);
    return this;
  }

  public BatchEncoder ifNamespaceVersion(int namespace, long version) {
    condition(ConditionKind.NAMESPACE_VERSION, namespace).writeLong(version);
    return this;
  }

  /** Begins a put whose value the caller writes to the returned writer, then {@link #endValue}. */
  public ByteWriter beginPut(int namespace, byte[] key) {
    write(WriteKind.PUT, namespace).writeBlob(key, 0, key.length);
    out.writeInt(0);
    valueStart = out.position();
    return out;
  }

  private int valueStart;

  public BatchEncoder endValue() {
    out.setInt(valueStart - Integer.BYTES, out.position() - valueStart);
    return this;
  }

  public BatchEncoder put(int namespace, byte[] key, byte[] value, int offset, int length) {
    write(WriteKind.PUT, namespace).writeBlob(key, 0, key.length).writeBlob(value, offset, length);
    return this;
  }

  public BatchEncoder remove(int namespace, byte[] key) {
    write(WriteKind.REMOVE, namespace).writeBlob(key, 0, key.length);
    return this;
  }

  public BatchEncoder clear(int namespace) {
    write(WriteKind.CLEAR, namespace);
    return this;
  }

  /** Begins an addition whose number the caller writes, then {@link #endValue}. */
  public ByteWriter beginAdd(int namespace, byte[] key) {
    write(WriteKind.ADD, namespace).writeBlob(key, 0, key.length);
    out.writeInt(0);
    valueStart = out.position();
    return out;
  }

  public int writes() {
    return writes;
  }

  /** The writer that holds the commit. */
  public ByteWriter message() {
    return out;
  }

  /** Must be called last, also for a batch without writes. */
  public void end() {
    if (!inWrites) {
      beginWrites();
    }
    out.setInt(countIndex, writes);
  }

  private ByteWriter condition(byte kind, int namespace) {
    if (inWrites) {
      throw new IllegalStateException("conditions come before writes");
    }
    conditions++;
    return out.writeByte(kind).writeInt(namespace);
  }

  private ByteWriter write(byte kind, int namespace) {
    if (!inWrites) {
      beginWrites();
    }
    writes++;
    return out.writeByte(kind).writeInt(namespace);
  }

  private void beginWrites() {
    out.setInt(countIndex, conditions);
    countIndex = out.position();
    out.writeInt(0);
    inWrites = true;
  }
}
