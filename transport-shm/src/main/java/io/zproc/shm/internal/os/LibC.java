package io.zproc.shm.internal.os;

import jnr.ffi.LibraryLoader;

/** The functions of the C library that Java does not offer. */
final class LibC {

  /** Declared for jnr-ffi, which makes the class behind it; up to six longs are its fast way. */
  public interface Functions {
    long syscall(long number, long address, long operation, long value, long timeout);

    long syscall(
        long number, long address, long operation, long value, long timeout, long to, long mask);

    int open(String path, int flags, int mode);

    int close(int descriptor);

    int fallocate(int descriptor, int mode, long offset, long length);
  }

  /** Loaded when first used: making it takes a tenth of a second in a cold JVM. */
  static final Functions C = LibraryLoader.create(Functions.class).load("c");

  private LibC() {}
}
