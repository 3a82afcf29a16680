package io.zproc.internal.process;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One process to be: what to run, and when to run it again. The second part of what a child reads
 * from its standard input; a warm spare waits for it.
 *
 * @param id the key of its record and of its outcome
 * @param name what people know the target by
 * @param target serialized
 * @param onRetry serialized, or null for the target itself
 * @param restarts how often it was tried before in other processes
 */
record Job(
    String id,
    String name,
    TargetKind kind,
    byte[] target,
    byte[] onRetry,
    RetryPolicy policy,
    int restarts) {

  Job restarted(int times) {
    return new Job(id, name, kind, target, onRetry, policy, times);
  }

  /** What to run after this many restarts. */
  byte[] targetAfter(int times) {
    return times > 0 && onRetry != null ? onRetry : target;
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(id);
    out.writeUTF(name);
    out.writeUTF(kind.name());
    writeBytes(out, target);
    out.writeBoolean(onRetry != null);
    if (onRetry != null) {
      writeBytes(out, onRetry);
    }
    policy.write(out);
    out.writeInt(restarts);
  }

  static Job read(DataInput in) throws IOException {
    return new Job(
        in.readUTF(),
        in.readUTF(),
        TargetKind.valueOf(in.readUTF()),
        readBytes(in),
        in.readBoolean() ? readBytes(in) : null,
        RetryPolicy.read(in),
        in.readInt());
  }

  private static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
