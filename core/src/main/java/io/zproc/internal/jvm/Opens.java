package io.zproc.internal.jvm;

import io.zproc.ZProcException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes this JVM ready for Chronicle and Agrona at run time, so that nobody has to type {@code
 * --add-opens}.
 *
 * <p>Both reach into packages of {@code java.base} that are closed since Java 17. The platform's
 * own serialization support, {@code sun.reflect.ReflectionFactory}, hands out constructors without
 * an access check; through that of {@link Lookup} we get a lookup with all rights, and with it the
 * method that {@code --add-opens} itself ends in. Unlike the way through {@code sun.misc.Unsafe},
 * this one makes no JDK up to 25 print a warning.
 *
 * <p>Thread-safe; only the first call does something.
 */
public final class Opens {
  /** java.lang, java.lang.reflect, sun.nio.ch, jdk.internal.ref: Chronicle; the last: Agrona. */
  private static final List<String> PACKAGES =
      List.of(
          "java.lang", "java.lang.reflect", "sun.nio.ch", "jdk.internal.ref", "jdk.internal.misc");

  /** Usage reports, banner and disk watching thread, all on by default in Chronicle. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "chronicle.analytics.disable", "true",
          "chronicle.announcer.disable", "true",
          "chronicle.disk.monitor.disable", "true");

  private static final Module BASE = Object.class.getModule();
  private static volatile boolean done;

  private Opens() {}

  /**
   * Opens what is needed, and switches Chronicle's reporting off unless the user has set those
   * properties. Call it before the first class of Chronicle or Agrona loads.
   *
   * @throws ZProcException if this JVM does not let us; the message names the flags to add
   */
  public static void open() {
    if (!done) {
      openOnce();
    }
  }

  private static synchronized void openOnce() {
    if (!done) {
      PROPERTIES.forEach(System.getProperties()::putIfAbsent);
      open(PACKAGES);
      done = true;
    }
  }

  static void open(List<String> packages) {
    Module unnamed = ClassLoader.getSystemClassLoader().getUnnamedModule();
    if (packages.stream().allMatch(name -> BASE.isOpen(name, unnamed))) {
      return;
    }
    try {
      MethodHandle opener = opener();
      for (String name : packages) {
        opener.invokeExact(BASE, name);
      }
    } catch (Throwable e) {
      throw new ZProcException(
          "This JVM does not let ZProc open what it needs; start it with: " + flags(packages), e);
    }
  }

  private static MethodHandle opener() throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.reflect.ReflectionFactory");
    Object factory = type.getMethod("getReflectionFactory").invoke(null);
    Object constructor =
        type.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
            .invoke(factory, Lookup.class, Lookup.class.getDeclaredConstructor(Class.class));
    Lookup lookup = (Lookup) ((Constructor<?>) constructor).newInstance(Module.class);
    return lookup.findVirtual(
        Module.class, "implAddOpensToAllUnnamed", MethodType.methodType(void.class, String.class));
  }

  private static String flags(List<String> packages) {
    return packages.stream()
        .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
        .collect(Collectors.joining(" "));
  }
}
