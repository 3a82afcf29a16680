package io.zproc.tcp.internal.gateway;

import io.zproc.codec.ByteReader;

/** What a connection is used for. The gateway's thread only. */
interface Role {

  /**
   * Takes an authentic frame.
   *
   * @throws io.zproc.codec.MalformedValueException for one that is cut short
   * @throws io.zproc.ProtocolException for one that makes no sense
   */
  void onFrame(byte type, ByteReader content);

  /** The connection has ended. */
  void onGone();
}
