package io.zproc.codec;

/** What every attempt to change a decoded collection ends in. */
final class Frozen {

  private Frozen() {}

  static UnsupportedOperationException refusal() {
    return new UnsupportedOperationException(
        "this is a copy of what the state holds, and changing it would be lost:"
            + " change it inside state.atomic(tx -> ...) and it is saved");
  }
}
