package io.zproc.internal.signal;

import io.zproc.SignalException;
import io.zproc.Signals;
import io.zproc.ZProcException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * Brings signals to threads. The JVM's signal thread notes the signal for the thread, interrupts it
 * and then wakes all that wait for a server; the thread looks here when it finds itself
 * interrupted.
 *
 * <p>Thread-safe: what is pending is guarded by its own monitor.
 */
public final class SignalDelivery {
  private static final Map<Thread, Signals> PENDING = new WeakHashMap<>();
  private static final Set<Runnable> SLEEPERS = new CopyOnWriteArraySet<>();

  private SignalDelivery() {}

  /** Something that wakes waiting threads, so that they see that they are interrupted. */
  public static void addSleeper(Runnable wakeUp) {
    SLEEPERS.add(wakeUp);
  }

  public static void removeSleeper(Runnable wakeUp) {
    SLEEPERS.remove(wakeUp);
  }

  /**
   * @throws ZProcException when the signal can not be handled
   */
  public static void toThread(Signals signal, Thread thread) {
    try {
      install(signal.name().substring("SIG".length()), () -> deliver(signal, thread));
    } catch (InvocationTargetException e) {
      throw new ZProcException("can not handle " + signal + ": " + e.getCause().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new ZProcException("this JVM can not handle signals: " + e, e);
    }
  }

  /** By reflection, because the compiler warns of sun.misc and can not be told not to. */
  private static void install(String name, Runnable action) throws ReflectiveOperationException {
    Class<?> signalClass = Class.forName("sun.misc.Signal");
    Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
    Object handler =
        Proxy.newProxyInstance(
            handlerClass.getClassLoader(),
            new Class<?>[] {handlerClass},
            (proxy, method, arguments) -> {
              if (method.getName().equals("handle")) {
                action.run();
              }
              return null;
            });
    Object signal = signalClass.getConstructor(String.class).newInstance(name);
    signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
  }

  private static void deliver(Signals signal, Thread thread) {
    synchronized (PENDING) {
      PENDING.put(thread, signal);
    }
    thread.interrupt();
    SLEEPERS.forEach(Runnable::run);
  }

  /** The exception for the signal that is pending for this thread, once; null without one. */
  public static SignalException take() {
    Signals signal;
    synchronized (PENDING) {
      signal = PENDING.remove(Thread.currentThread());
    }
    if (signal == null) {
      return null;
    }
    Thread.interrupted();
    return new SignalException(signal);
  }

  /** What to throw where an interrupt ends a wait: the signal's exception, or one that says so. */
  public static ZProcException interrupted(String sentence) {
    SignalException arrived = take();
    return arrived == null ? new ZProcException(sentence) : arrived;
  }
}
