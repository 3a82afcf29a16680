package io.zproc.tcp.internal.gateway;

import io.zproc.codec.ByteWriter;
import io.zproc.tcp.internal.wire.FrameCheck;
import io.zproc.tcp.internal.wire.FrameSeal;
import io.zproc.tcp.internal.wire.FrameType;
import io.zproc.tcp.internal.wire.Refusal;
import io.zproc.tcp.internal.wire.Seals;
import io.zproc.tcp.internal.wire.Wire;

/** One connection that has said hello. The gateway's thread only. */
final class Peer {
  final long connection;
  final long sinceNs;
  final FrameCheck check;
  private final RouterSocket socket;
  private final FrameSeal seal;
  private Role role;

  /** It was told to connect anew. */
  private boolean isOver;

  Peer(RouterSocket socket, long connection, Seals seals, long nowNs) {
    this.socket = socket;
    this.connection = connection;
    this.sinceNs = nowNs;
    check = seals.check();
    seal = seals.seal();
  }

  /** What it is used for, null before it has said so. */
  Role role() {
    return role;
  }

  void role(Role value) {
    role = value;
  }

  /** Begins a frame to it, to be ended by {@link #send}, which drops it when the key is spent. */
  ByteWriter begin(byte type) {
    return seal.begin(type);
  }

  void send() {
    if (isOver) {
      return;
    }
    socket.send(connection, seal.seal());
    if (seal.isSpent()) {
      end();
    }
  }

  /** Has the client connect anew. */
  void end() {
    isOver = true;
    socket.send(connection, Wire.refused(Refusal.UNKNOWN));
  }

  /** Tells it that its session, or its watcher, has ended. */
  void sendLost(int code, String sentence) {
    begin(FrameType.LOST).writeShort(code).writeText(sentence);
    send();
  }
}
