package io.zproc.shm.internal.server;

import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Replies;
import io.zproc.internal.protocol.Scan;
import io.zproc.spi.Cell;

/**
 * Commands that only ask. Each reads its fields behind the type and writes the whole reply. The
 * server's thread only.
 */
final class Queries {
  private static final int MAX_SLICE_BYTES = 1 << 20;

  private final StateStore store;
  private final Entries entries;
  private final CommitProcessor commits;

  Queries(StateStore store, CommitProcessor commits) {
    this.store = store;
    this.entries = store.entries();
    this.commits = commits;
  }

  void ping(ByteReader request, ByteWriter reply) {
    Replies.ok(reply)
        .writeLong(ProcessHandle.current().pid())
        .writeBytes(request.array(), request.position(), request.remaining());
  }

  void count(ByteReader request, ByteWriter reply) {
    Namespace namespace = CommandFields.readNamespace(request, store);
    Replies.ok(reply)
        .writeLong(commits.revision())
        .writeLong(namespace.version)
        .writeLong(namespace.count);
  }

  void read(ByteReader request, ByteWriter reply, Groundwork groundwork) {
    int namespace = request.readInt();
    int length = request.readLength();
    int entry = store.find(namespace, request.array(), request.position(), length);
    request.skip(length);
    Replies.ok(reply);
    if (!entries.isPresent(entry)) {
      reply.writeLong(commits.revision()).writeInt(Cell.ABSENT);
    } else {
      reply.writeLong(entries.version(entry)).writeInt(entries.length(entry));
      groundwork.read(entry, reply);
    }
  }

  /** A slice of a namespace, from a cursor of this generation, else from the beginning. */
  void scan(ByteReader request, ByteWriter reply, Groundwork groundwork) {
    Namespace namespace = CommandFields.readNamespace(request, store);
    long epoch = request.readLong();
    int asked = request.readInt();
    int wanted = Math.min(request.readInt(), MAX_SLICE_BYTES);
    int cursor = epoch == store.slots().generation() ? asked : 0;
    Replies.ok(reply).writeLong(store.slots().generation());
    int header = reply.position();
    reply.writeInt(0).writeLong(commits.revision()).writeInt(0);
    int count = 0;
    int next = Math.max(0, cursor);
    while (next < namespace.entries.size()
        && (count == 0 || reply.position() < wanted)
        && !groundwork.isNeeded()) {
      int entry = namespace.entries.get(next++);
      if (entries.isPresent(entry)) {
        count++;
        entries.writeKey(entry, reply.writeLong(entries.version(entry)));
        reply.writeInt(entries.length(entry));
        groundwork.read(entry, reply);
      }
    }
    reply.setInt(header, next < namespace.entries.size() ? next : Scan.END);
    reply.setInt(header + Integer.BYTES + Long.BYTES, count);
  }
}
