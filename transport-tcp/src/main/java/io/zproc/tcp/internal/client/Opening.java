package io.zproc.tcp.internal.client;

import io.zproc.codec.ByteReader;

/**
 * What a gateway says when it has opened a session.
 *
 * @param fate of the session that was asked for, see {@link io.zproc.tcp.internal.wire.Wire}
 * @param boot of the gateway, by which it knows the sessions that it has given itself
 * @param session its number
 * @param pid of the server
 * @param revision that was published
 * @param identity of the state
 */
record Opening(byte fate, long boot, long session, long pid, long revision, long identity) {

  static Opening read(ByteReader content) {
    return new Opening(
        content.readByte(),
        content.readLong(),
        content.readLong(),
        content.readLong(),
        content.readLong(),
        content.readLong());
  }
}
