package io.zproc.internal.state;

/** Leaves a transaction whose view is no longer possible; never seen by the user. */
final class Restart extends Error {
  private static final long serialVersionUID = 1L;
  static final Restart NOW = new Restart();

  private Restart() {
    super("the transaction runs again; do not catch this", null, false, false);
  }
}
