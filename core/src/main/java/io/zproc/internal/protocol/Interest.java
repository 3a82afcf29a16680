package io.zproc.internal.protocol;

/**
 * Which commits a sleeping watcher wants to be woken for, as a mask of 32 bits, so that a commit
 * wakes only those whom it may concern: the lower 16 bits stand for namespaces, the upper 16 for
 * keys. Several share a bit, so a wake-up is a hint, never a promise.
 */
public final class Interest {
  public static final int EVERYTHING = -1;

  private Interest() {}

  /** What a watcher of a whole namespace waits for. */
  public static int ofNamespace(int namespace) {
    return 1 << (namespace & 15);
  }

  /** What a watcher of one key waits for. */
  public static int ofKey(int namespace, int keyHash) {
    int mixed = (keyHash ^ namespace * 0x9E3779B9) * 0x85EBCA6B;
    return 1 << (16 + (mixed >>> 28));
  }

  /** What a change of one key wakes. */
  public static int ofChange(int namespace, int keyHash) {
    return ofNamespace(namespace) | ofKey(namespace, keyHash);
  }

  /** What a change of all keys of a namespace wakes. */
  public static int ofClear(int namespace) {
    return ofNamespace(namespace) | 0xffff0000;
  }
}
