package io.zproc.shm.internal.server;

import io.zproc.CapacityException;
import io.zproc.ProtocolException;
import io.zproc.ValueTooLongException;
import io.zproc.ZProcException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.MalformedValueException;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.ErrorCode;
import io.zproc.internal.protocol.Limits;
import io.zproc.internal.protocol.MessageType;
import io.zproc.internal.protocol.Relay;
import io.zproc.internal.protocol.Replies;
import io.zproc.shm.internal.ring.RingReader;

/** Reads the commands of sessions, executes them, and replies. */
final class CommandAdapter {
  private final StateStore store;
  private final CommitProcessor commits;
  private final Queries queries;
  private final Turns turns;
  private final RecoveredRemotes remotes;
  private final Statistics statistics;
  private final ReplyBuffers buffers;
  private final ByteReader request = new ByteReader();
  private ByteWriter shortReply = new ByteWriter(1024);

  /** For the next command that has to be postponed. */
  private Groundwork unused;

  /** Of the command at hand, as is {@link #reply}. */
  private Groundwork groundwork;

  private ByteWriter reply;
  private ServerSession inService;

  CommandAdapter(
      StateStore store,
      CommitProcessor commits,
      Turns turns,
      RecoveredRemotes remotes,
      Statistics statistics,
      ReplyBuffers buffers) {
    this.store = store;
    this.buffers = buffers;
    this.unused = new Groundwork(store, buffers);
    this.commits = commits;
    this.queries = new Queries(store, commits);
    this.turns = turns;
    this.remotes = remotes;
    this.statistics = statistics;
  }

  /**
   * Executes the command that the session's ring has just given.
   *
   * @return false if it has to wait, for another session's turn to end or because it moves long
   *     values; to be called again then
   */
  boolean execute(ServerSession session) {
    inService = session;
    boolean executed = isReady(session) && tryExecute(session);
    inService = null;
    statistics.commands += executed ? 1 : 0;
    return executed;
  }

  /** Goes on with what a command that was postponed needs; returns whether it is all there. */
  private boolean isReady(ServerSession session) {
    groundwork = session.groundwork == null ? unused : session.groundwork;
    boolean isReady = groundwork.advance();
    reply = groundwork.reply() == null ? shortReply : groundwork.reply();
    return isReady;
  }

  /**
   * The session whose command was not finished, since an error of memory interrupted it; else null.
   * To {@link #execute} it again is right: what was committed is only replied to.
   */
  ServerSession takeInterrupted() {
    ServerSession interrupted = inService;
    inService = null;
    unused = new Groundwork(store, buffers);
    return interrupted;
  }

  private boolean tryExecute(ServerSession session) {
    RingReader ring = session.requests();
    request.wrap(ring.array(), 0, ring.length());
    try {
      byte type = request.readByte();
      if (turns.blocks(session) && isWrite(type)) {
        return false;
      }
      if (!dispatch(type, session, ring.sequence())) {
        return true;
      }
      if (groundwork.isNeeded()) {
        postpone(session);
        return false;
      }
    } catch (ValueTooLongException e) {
      Replies.error(reply, ErrorCode.VALUE_TOO_LONG, e.getMessage());
    } catch (CapacityException e) {
      Replies.error(reply, ErrorCode.CAPACITY, e.getMessage());
    } catch (ArithmeticException e) {
      Replies.error(reply, ErrorCode.NOT_A_NUMBER, e.getMessage());
    } catch (ProtocolException | MalformedValueException e) {
      Replies.error(
          reply, ErrorCode.BAD_REQUEST, "the server refused a command: " + e.getMessage());
    } catch (ZProcException e) {
      Replies.error(reply, ErrorCode.INTERNAL, e.getMessage());
    }
    send(session, ring.sequence());
    return true;
  }

  private void postpone(ServerSession session) {
    if (groundwork == unused) {
      session.groundwork = groundwork;
      unused = new Groundwork(store, buffers);
    }
  }

  private void send(ServerSession session, long sequence) {
    boolean isKept = session.reply(reply, sequence);
    session.groundwork = null;
    if (unused.isNeeded()) {
      // It failed behind the place where it found that out.
      unused = new Groundwork(store, buffers);
    }
    if (reply == shortReply) {
      shortReply = isKept ? buffers.take(ReplyBuffers.SHORTEST) : shortReply;
    } else if (!isKept) {
      buffers.give(reply);
    }
  }

  private static boolean isWrite(byte type) {
    return type == MessageType.COMMIT
        || type == MessageType.RELAY
        || type == MessageType.OPEN_NAMESPACE;
  }

  /** Returns whether there is a reply to send now, if no groundwork is needed. */
  private boolean dispatch(byte type, ServerSession session, long sequence) {
    switch (type) {
      case MessageType.COMMIT:
        commit(session, session.number, sequence, session.recovered);
        return true;
      case MessageType.RELAY:
        relay(session);
        return true;
      case MessageType.PING:
        queries.ping(request, reply);
        return true;
      case MessageType.OPEN_NAMESPACE:
        openNamespace();
        return true;
      case MessageType.COUNT:
        queries.count(request, reply);
        return true;
      case MessageType.SCAN:
        queries.scan(request, reply, groundwork);
        return true;
      case MessageType.READ:
        queries.read(request, reply, groundwork);
        return true;
      case MessageType.TAKE_TURN:
        turns.ask(session, sequence, request.readLong());
        return false;
      case MessageType.GIVE_TURN:
        giveTurn(session);
        return true;
      case MessageType.STATISTICS:
        statistics.write(Replies.ok(reply));
        return true;
      default:
        throw new ProtocolException("command of type " + type);
    }
  }

  /** A commit that a gateway passes on: the journal knows it by the remote session's numbers. */
  private void relay(ServerSession session) {
    int flags = request.readByte();
    long remote = request.readLong();
    long sequence = request.readLong();
    if (!Relay.isRemote(remote) || request.readByte() != MessageType.COMMIT) {
      throw new ProtocolException("a relay of something else than a remote session's commit");
    }
    RecoveredReply recovered = remotes.get(remote);
    if (recovered == null && (flags & Relay.REPEATED) != 0 && remotes.hasForgotten()) {
      Replies.error(
          reply,
          ErrorCode.SESSION_LOST,
          "the server has started anew and knows this client's session no more; whether the"
              + " command under way took effect is unknown");
      return;
    }
    commit(session, remote, sequence, recovered);
  }

  /**
   * Executes a commit, or answers one that was applied already.
   *
   * @param session by which it came, and which may hold the turn
   * @param number of the session that the journal knows it by
   */
  private void commit(ServerSession session, long number, long sequence, RecoveredReply recovered) {
    int flags = request.readByte();
    if (recovered != null && sequence <= recovered.sequence) {
      recovered.answer(request, flags, sequence, reply);
      return;
    }
    if (commits.isNewest(number, sequence)) {
      reply.setLong(1, commits.revision());
      return;
    }
    boolean givesTurn = (flags & BatchEncoder.GIVE_TURN) != 0;
    if (givesTurn && !turns.isHeldBy(session)) {
      Replies.error(
          reply, ErrorCode.TURN_LOST, "the turn was held beyond its lease and given to another");
      return;
    }
    try {
      switch (commits.commit(request, flags, number, sequence, reply, groundwork)) {
        case APPLIED:
          statistics.commits++;
          noteApplied(session, number, sequence);
          break;
        case CONFLICT:
          statistics.conflicts++;
          break;
        default:
          return;
      }
    } catch (RuntimeException e) {
      endTurn(givesTurn);
      throw e;
    }
    endTurn(givesTurn);
  }

  private void noteApplied(ServerSession session, long number, long sequence) {
    if (!commits.isNewest(number, sequence)) {
      return;
    }
    if (Relay.isRemote(number)) {
      remotes.note(number, sequence);
    } else {
      session.applied.add(sequence);
    }
  }

  private void endTurn(boolean givesTurn) {
    if (givesTurn) {
      turns.end();
    }
  }

  private void openNamespace() {
    byte[] name = request.readBlob();
    if (name.length == 0 || name.length > Limits.MAX_NAMESPACE_NAME) {
      throw new ValueTooLongException(
          "a namespace's name of "
              + name.length
              + " bytes; it must have 1 to "
              + Limits.MAX_NAMESPACE_NAME);
    }
    int id = store.namespaceId(name);
    if (id < 0) {
      id = commits.addNamespace(name);
    }
    Replies.ok(reply).writeInt(id);
  }

  private void giveTurn(ServerSession session) {
    if (turns.isHeldBy(session)) {
      turns.end();
    }
    Replies.ok(reply);
  }
}
