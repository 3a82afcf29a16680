package io.zproc.benchmarks.floor;

import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import io.zproc.shm.internal.os.Futex;
import io.zproc.shm.internal.os.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Two words of mapped memory, both sides asleep in {@code futex(2)} while they wait: what the
 * operating system takes to wake one and then the other. A few microseconds when both share a core,
 * many more when a sleeping core of a virtual machine must be woken.
 */
public final class FutexPingPong implements PingPong {
  private static final long SLEEP_NS = TimeUnit.SECONDS.toNanos(1);

  private final SharedWords words;
  private final Child echo;
  private int count;

  private FutexPingPong(SharedWords words, Child echo) {
    this.words = words;
    this.echo = echo;
  }

  public static FutexPingPong start(Path file) throws IOException {
    SharedWords words = SharedWords.create(file);
    Futex.load();
    return new FutexPingPong(words, Child.start(Echo.class, file.toString()).awaitReady());
  }

  @Override
  public String name() {
    return "futex ping-pong";
  }

  @Override
  public long pid() {
    return echo.pid();
  }

  @Override
  public void trip(int times) {
    for (int i = 0; i < times; i++) {
      int before = count++;
      Memory.putIntVolatile(words.ping, count);
      Futex.wakeOne(words.ping);
      awaitOther(words.pong, before);
    }
  }

  private static int awaitOther(long address, int seen) {
    for (; ; ) {
      int now = Memory.getIntVolatile(address);
      if (now != seen) {
        return now;
      }
      Futex.await(address, seen, System.nanoTime() + SLEEP_NS);
    }
  }

  @Override
  public void close() throws IOException {
    echo.close();
  }

  /** The other end. */
  public static final class Echo implements Role {

    @Override
    public void run(String[] arguments, Runnable ready) {
      SharedWords words = SharedWords.open(Path.of(arguments[0]));
      Futex.load();
      ready.run();
      for (int seen = 0; ; ) {
        seen = awaitOther(words.ping, seen);
        Memory.putIntVolatile(words.pong, seen);
        Futex.wakeOne(words.pong);
      }
    }
  }
}
