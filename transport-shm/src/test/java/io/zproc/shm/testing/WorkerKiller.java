package io.zproc.shm.testing;

import io.zproc.Context;
import io.zproc.ManagedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Kills workers of a context's maps with SIGKILL, each once, at random. For one thread. */
public final class WorkerKiller {
  private static final long LOOK_NS = 200_000;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Context context;
  private final Random random;
  private final Set<Long> dead = new HashSet<>();

  public WorkerKiller(Context context, Random random) {
    this.context = context;
    this.random = random;
  }

  /** How many it has killed. */
  public int kills() {
    return dead.size();
  }

  /** Kills a worker that is new, while it starts, comes to its first chunk or is at it. */
  public void killYoung(int mostMs) {
    long pid = awaitAny();
    park(random.nextInt(1 + mostMs * 1000));
    kill(pid);
  }

  /** Kills all workers at once. */
  public void killAll() {
    awaitAny();
    alive().forEach(this::kill);
  }

  /** Kills a worker that is known to work, at whatever point of its round of chunks it then is. */
  public void killWorking(long pid) {
    park(random.nextInt(20_000));
    kill(pid);
  }

  public boolean isDead(long pid) {
    return dead.contains(pid);
  }

  private long awaitAny() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Long> alive = alive();
    while (alive.isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("no worker follows those that were killed");
      }
      LockSupport.parkNanos(LOOK_NS);
      alive = alive();
    }
    return alive.get(random.nextInt(alive.size()));
  }

  private List<Long> alive() {
    List<Long> alive = new ArrayList<>();
    for (ManagedProcess<?> worker : context.workers()) {
      worker.pid().stream().filter(pid -> !dead.contains(pid)).forEach(alive::add);
    }
    return alive;
  }

  private void kill(long pid) {
    if (ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false)) {
      dead.add(pid);
    }
  }

  private static void park(int micros) {
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
  }
}
