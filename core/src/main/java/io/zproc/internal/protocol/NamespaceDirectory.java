package io.zproc.internal.protocol;

/**
 * The namespace in which every server keeps the numbers of the others: names in UTF-8, unencoded,
 * to numbers of 4 bytes, big-endian. It lets a reader find a namespace without asking the server.
 */
public final class NamespaceDirectory {
  public static final int NUMBER = 0;

  private NamespaceDirectory() {}
}
