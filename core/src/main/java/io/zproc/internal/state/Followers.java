package io.zproc.internal.state;

/** The follower of one namespace, which lives as long as states read from it. Thread-safe. */
final class Followers {
  private final Namespace<?, ?> namespace;
  private Follower follower;
  private int users;

  Followers(Namespace<?, ?> namespace) {
    this.namespace = namespace;
  }

  /** The follower, started now if nobody uses one; to be given back by {@link #leave}. */
  synchronized Follower join() {
    if (users == 0) {
      follower = Follower.start(namespace);
    }
    users++;
    return follower;
  }

  synchronized void leave(Follower of) {
    if (of == follower && --users == 0) {
      close();
    }
  }

  /** Ends it, whoever uses it. */
  synchronized void close() {
    if (follower != null) {
      follower.close();
      follower = null;
      users = 0;
    }
  }
}
