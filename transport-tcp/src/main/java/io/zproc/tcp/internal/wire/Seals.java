package io.zproc.tcp.internal.wire;

/**
 * What one side of a connection has when the handshake is done.
 *
 * @param seal for the frames that it sends
 * @param check for those that it receives
 */
public record Seals(FrameSeal seal, FrameCheck check) {

  static Seals signed(byte[] sent, byte[] received) {
    return new Seals(new SignedSeal(sent), new SignedCheck(received));
  }

  static Seals encrypted(byte[] sent, byte[] received) {
    return new Seals(new EncryptedSeal(sent), new EncryptedCheck(received));
  }
}
