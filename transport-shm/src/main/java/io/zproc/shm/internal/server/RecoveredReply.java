package io.zproc.shm.internal.server;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.ErrorCode;
import io.zproc.internal.protocol.Replies;
import io.zproc.internal.protocol.WriteKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the last commit of a session did, learnt from the journal after the server's death. A client
 * whose reply was lost sends the command again with the same sequence; it is answered from here and
 * not applied twice.
 */
final class RecoveredReply {
  private record Result(
      int namespace, byte[] key, long previousVersion, byte[] previous, byte[] value) {}

  final long sequence;
  private final long revision;
  private final AppliedSequences applied;
  private final List<Result> results = new ArrayList<>();
  private final boolean hasResults;
  private long size;

  private RecoveredReply(
      long sequence, long revision, AppliedSequences applied, boolean hasResults) {
    this.sequence = sequence;
    this.revision = revision;
    this.applied = applied;
    this.hasResults = hasResults;
  }

  /** Of a commit whose results are added, and which is the last of {@code applied}. */
  static RecoveredReply complete(long sequence, long revision, AppliedSequences applied) {
    return new RecoveredReply(sequence, revision, applied, true);
  }

  /** Of commits at or before a revision whose events were trimmed, and with them their results. */
  static RecoveredReply withoutResults(long revision, AppliedSequences applied) {
    return new RecoveredReply(applied.last(), revision, applied, false);
  }

  AppliedSequences applied() {
    return applied;
  }

  /** What it keeps, in bytes. */
  long size() {
    return size;
  }

  /** Notes one change; {@code previous} is null if the key was not there. */
  void add(int namespace, byte[] key, long previousVersion, byte[] previous, byte[] value) {
    results.add(new Result(namespace, key, previousVersion, previous, value));
    size += key.length;
    size += previous == null ? 0 : previous.length;
    size += value == null ? 0 : value.length;
  }

  /**
   * Answers a command of before the server's death; its type and flags were read. One that is not
   * in the journal must not be executed now, behind later ones of its session: it had met a
   * conflict, or changed nothing, or been refused.
   */
  void answer(ByteReader request, int flags, long commandSequence, ByteWriter reply) {
    request.readLong();
    if (!applied.contains(commandSequence)) {
      answerUnapplied(request, flags, reply);
      return;
    }
    boolean wantsResults = (flags & BatchEncoder.RETURN_RESULTS) != 0;
    if (wantsResults && !hasResults) {
      Replies.error(
          reply,
          ErrorCode.SESSION_LOST,
          "the command took effect, at or before revision "
              + revision
              + "; what it returned is not known any more, since the journal was trimmed and the"
              + " server has started anew");
      return;
    }
    Replies.ok(reply).writeLong(revision);
    if (commandSequence != sequence || !wantsResults) {
      return;
    }
    skipConditions(request);
    int writes = request.readInt();
    for (int i = 0; i < writes; i++) {
      answerWrite(request, reply);
    }
  }

  private void answerUnapplied(ByteReader request, int flags, ByteWriter reply) {
    if (skipConditions(request) > 0) {
      Replies.conflict(reply, 0);
      return;
    }
    Replies.ok(reply).writeLong(revision);
    int writes = request.readInt();
    for (int i = 0; i < writes; i++) {
      byte kind = request.readByte();
      if (kind != WriteKind.REMOVE && kind != WriteKind.CLEAR) {
        Replies.error(
            reply,
            ErrorCode.INTERNAL,
            "the command was refused by a server that has died since, and its reason with it");
        return;
      }
      request.readInt();
      if (kind == WriteKind.REMOVE) {
        request.skip(request.readLength());
      }
      if ((flags & BatchEncoder.RETURN_RESULTS) != 0) {
        reply.writeLong(0).writeInt(-1);
      }
    }
  }

  private void answerWrite(ByteReader request, ByteWriter reply) {
    byte kind = request.readByte();
    int namespace = request.readInt();
    Result result = null;
    if (kind != WriteKind.CLEAR) {
      result = find(namespace, request.readBlob());
    }
    if (kind == WriteKind.PUT || kind == WriteKind.ADD) {
      request.skip(request.readLength());
    }
    byte[] bytes = result == null ? null : kind == WriteKind.ADD ? result.value : result.previous;
    if (bytes == null) {
      reply.writeLong(0).writeInt(-1);
    } else {
      long version = kind == WriteKind.ADD ? revision : result.previousVersion;
      reply.writeLong(version).writeBlob(bytes, 0, bytes.length);
    }
  }

  private Result find(int namespace, byte[] key) {
    for (Result result : results) {
      if (result.namespace == namespace && Arrays.equals(result.key, key)) {
        return result;
      }
    }
    return null;
  }

  /** Returns how many there were. */
  private static int skipConditions(ByteReader request) {
    int count = request.readInt();
    for (int i = 0; i < count; i++) {
      ConditionSkipper.skip(request);
    }
    return count;
  }
}
