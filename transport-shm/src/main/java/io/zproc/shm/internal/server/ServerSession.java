package io.zproc.shm.internal.server;

import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Limits;
import io.zproc.shm.internal.layout.SessionDescriptor;
import io.zproc.shm.internal.os.MappedFile;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.os.ParkedFlag;
import io.zproc.shm.internal.ring.RingReader;
import io.zproc.shm.internal.ring.RingWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/** The server's end of one client's session. */
final class ServerSession {
  /** More bytes of replies than this are not kept for a client that does not take them. */
  private static final long MAX_PENDING_BYTES = 4L * Limits.MAX_MESSAGE;

  /** Of a long command, so many bytes are taken before others have their turn. */
  private static final int MAX_AT_ONCE = SessionDescriptor.RING_CAPACITY / 2;

  /** A reply that is longer is not copied when it has to wait. */
  private static final int LONG_REPLY = ReplyBuffers.SHORTEST;

  private record PendingReply(ByteWriter bytes, long sequence) {}

  final int index;
  final long number;
  private final MappedFile file;
  private final ParkedFlag clientParked;
  private final RingReader requests;
  private final RingWriter replies;
  private final ReplyBuffers buffers;
  private final Deque<PendingReply> pending = new ArrayDeque<>();
  private long pendingBytes;

  /** What was applied before a crash of the server, for a command that is sent again; or null. */
  final RecoveredReply recovered;

  /** Which of its commands are in the journal. */
  final AppliedSequences applied;

  /** Of the command taken last. What comes again, since the client was not sure, is passed over. */
  private long lastSequence;

  /** A command was read that must wait. */
  boolean isDeferred;

  /** What that command needs before it can be executed; null for nothing. */
  Groundwork groundwork;

  /** The conductor has counted it among those with replies pending. */
  boolean isCountedPending;

  private boolean repliedTo;

  ServerSession(
      int index, long number, MappedFile file, RecoveredReply recovered, ReplyBuffers buffers) {
    this.buffers = buffers;
    this.index = index;
    this.number = number;
    this.file = file;
    this.recovered = recovered;
    this.applied = recovered == null ? new AppliedSequences() : recovered.applied();
    long address = file.address();
    clientParked = new ParkedFlag(address + SessionDescriptor.CLIENT_PARKED_OFFSET);
    requests =
        new RingReader(
            address + SessionDescriptor.REQUEST_RING_OFFSET, SessionDescriptor.RING_CAPACITY);
    replies =
        new RingWriter(
            address + SessionDescriptor.REPLY_RING_OFFSET, SessionDescriptor.RING_CAPACITY);
  }

  /** Whether its file still is the one it was made with. */
  boolean isIntact() {
    return !isTruncated()
        && Memory.getLong(file.address() + SessionDescriptor.MAGIC_OFFSET)
            == SessionDescriptor.MAGIC
        && Memory.getLong(file.address() + SessionDescriptor.NUMBER_OFFSET) == number;
  }

  /** Whether its file has become shorter: then touching its memory is an error. */
  boolean isTruncated() {
    return file.isTruncated();
  }

  /** Takes the next command; returns false if there is none. */
  boolean nextCommand() {
    while (requests.read(MAX_AT_ONCE)) {
      if (requests.sequence() > lastSequence) {
        lastSequence = requests.sequence();
        return true;
      }
    }
    // Then the client waits for room for the rest, and may be asleep.
    repliedTo |= requests.isPartial();
    return false;
  }

  RingReader requests() {
    return requests;
  }

  /**
   * Sends a reply, now or, when the ring is full, as the client makes room.
   *
   * @return whether the writer is kept until then, and must not be used any more
   */
  boolean reply(ByteWriter reply, long sequence) {
    repliedTo = true;
    int length = reply.position();
    if (pending.isEmpty() && replies.write(reply.array(), 0, length, sequence)) {
      return false;
    }
    boolean isKept = length > LONG_REPLY;
    pending.add(new PendingReply(isKept ? reply : copy(reply), sequence));
    pendingBytes += length;
    return isKept;
  }

  private static ByteWriter copy(ByteWriter reply) {
    int length = reply.position();
    return new ByteWriter(length).writeBytes(reply.array(), 0, length);
  }

  boolean hasPending() {
    return !pending.isEmpty();
  }

  boolean hasTooMuchPending() {
    return pendingBytes > MAX_PENDING_BYTES;
  }

  /** Goes on with replies for which there was no room. Returns whether it sent any. */
  boolean sendPending() {
    boolean sent = false;
    while (!pending.isEmpty()) {
      PendingReply next = pending.peek();
      int length = next.bytes.position();
      if (!replies.write(next.bytes.array(), 0, length, next.sequence)) {
        repliedTo = true;
        return sent;
      }
      pending.remove();
      pendingBytes -= length;
      if (length > LONG_REPLY) {
        buffers.give(next.bytes);
      }
      repliedTo = true;
      sent = true;
    }
    return sent;
  }

  /** Wakes the client if it was replied to and sleeps. */
  void wakeIfParked() {
    if (repliedTo) {
      repliedTo = false;
      wake();
    }
  }

  /** Wakes the client if it sleeps. */
  void wake() {
    clientParked.wake();
  }

  boolean isRepliedTo() {
    return repliedTo;
  }
}
