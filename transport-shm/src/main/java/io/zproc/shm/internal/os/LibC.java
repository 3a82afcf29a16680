package io.zproc.shm.internal.os;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.HeapInvocationBuffer;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * The functions of the C library that Java does not offer. Through jffi, the lower half of jnr-ffi:
 * the upper half makes a class at run time, for which a cold process would pay a quarter of a
 * second at its first command. All of them take and give 64-bit words, of which a function of ints
 * uses the lower half.
 */
final class LibC {
  private static final Invoker INVOKER = Invoker.getInstance();
  private static final CallContext WORDS_5 = words(5);
  private static final CallContext WORDS_7 = words(7);
  private static final long SYSCALL = function("syscall");

  private LibC() {}

  private static CallContext words(int count) {
    Type[] parameters = new Type[count];
    Arrays.fill(parameters, Type.SINT64);
    return CallContext.getCallContext(
        Type.SINT64, parameters, CallingConvention.DEFAULT, /* saveErrno= */ false);
  }

  /** The address of a function in what the JVM itself has loaded. */
  private static long function(String name) {
    long address = Library.getDefault().getSymbolAddress(name);
    if (address == 0) {
      throw new UnsatisfiedLinkError("the C library has no function '" + name + "'");
    }
    return address;
  }

  /** Loads what the first call needs. */
  static void load() {}

  /** Allocates nothing. */
  static long syscall(long number, long a, long b, long c, long d) {
    return INVOKER.invokeN5(WORDS_5, SYSCALL, number, a, b, c, d);
  }

  static long syscall(long number, long a, long b, long c, long d, long e, long f) {
    HeapInvocationBuffer arguments = new HeapInvocationBuffer(WORDS_7);
    arguments.putLong(number);
    arguments.putLong(a);
    arguments.putLong(b);
    arguments.putLong(c);
    arguments.putLong(d);
    arguments.putLong(e);
    arguments.putLong(f);
    return INVOKER.invokeLong(WORDS_7, SYSCALL, arguments);
  }

  /** Returns a descriptor, or −1. */
  static int open(String path, int flags) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    long text = UnsafeApi.allocateMemory(bytes.length + 1L);
    try {
      Memory.copyIn(bytes, 0, text, bytes.length);
      UnsafeApi.putByte(text + bytes.length, (byte) 0);
      return (int) INVOKER.invokeN5(WORDS_5, function("open"), text, flags, 0, 0, 0);
    } finally {
      UnsafeApi.freeMemory(text);
    }
  }

  static void close(int descriptor) {
    INVOKER.invokeN5(WORDS_5, function("close"), descriptor, 0, 0, 0, 0);
  }

  /** Returns 0, or −1. */
  static int madvise(long address, long length, int advice) {
    return (int) INVOKER.invokeN5(WORDS_5, function("madvise"), address, length, advice, 0, 0);
  }

  /** Returns 0, or −1 when there is no room. */
  static int fallocate(int descriptor, int mode, long offset, long length) {
    return (int)
        INVOKER.invokeN5(WORDS_5, function("fallocate"), descriptor, mode, offset, length, 0);
  }
}
