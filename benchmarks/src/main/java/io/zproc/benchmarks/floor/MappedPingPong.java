package io.zproc.benchmarks.floor;

import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import io.zproc.shm.internal.os.Memory;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Two words of mapped memory, both sides spinning: how long two cores need to see each other's
 * writes. Nothing that goes through shared memory is faster.
 */
public final class MappedPingPong implements PingPong {
  private final SharedWords words;
  private final Child echo;
  private long count;

  private MappedPingPong(SharedWords words, Child echo) {
    this.words = words;
    this.echo = echo;
  }

  public static MappedPingPong start(Path file) throws IOException {
    SharedWords words = SharedWords.create(file);
    return new MappedPingPong(words, Child.start(Echo.class, file.toString()).awaitReady());
  }

  @Override
  public String name() {
    return "mapped memory ping-pong";
  }

  @Override
  public long pid() {
    return echo.pid();
  }

  @Override
  public void trip(int times) {
    for (int i = 0; i < times; i++) {
      long next = ++count;
      Memory.putLongRelease(words.ping, next);
      while (Memory.getLongAcquire(words.pong) != next) {
        Thread.onSpinWait();
      }
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
      ready.run();
      for (long seen = 0; ; ) {
        seen = awaitOther(words.ping, seen);
        Memory.putLongRelease(words.pong, seen);
      }
    }

    private static long awaitOther(long address, long seen) {
      for (; ; ) {
        long now = Memory.getLongAcquire(address);
        if (now != seen) {
          return now;
        }
        Thread.onSpinWait();
      }
    }
  }
}
