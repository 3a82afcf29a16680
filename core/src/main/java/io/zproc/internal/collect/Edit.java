package io.zproc.internal.collect;

/** What one change, or one builder, passes down the tree. */
final class Edit {
  /** Nodes with this owner may be changed in place; null when none may. */
  private final Object owner;

  /** By how much the number of entries has changed. */
  int sizeChange;

  private Edit(Object owner) {
    this.owner = owner;
  }

  static Edit copying() {
    return new Edit(null);
  }

  static Edit inPlace() {
    return new Edit(new Object());
  }

  Object owner() {
    return owner;
  }

  boolean owns(Node node) {
    return owner != null && node.owner == owner;
  }
}
