package io.zproc.shm.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.zproc.shm.internal.layout.DirtyBits;
import io.zproc.shm.internal.layout.RingDescriptor;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.os.ParkedFlag;
import io.zproc.shm.internal.os.ParkedWatchers;
import io.zproc.shm.internal.ring.RingReader;
import io.zproc.shm.internal.ring.RingWriter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Nobody sleeps while there is something for him to do. The sleeper decides to sleep, and the flag
 * that is still raised when all is over says that nobody has woken him: both together are a wake-up
 * that is lost. (What sleeps on a flag that was lowered meanwhile is refused by the kernel, or was
 * woken.)
 */
public final class ParkingRaces {
  private static final int CAPACITY = 256;
  private static final byte[] MESSAGE = new byte[8];
  private static final int LINE = 64;
  private static final int SESSION = 70;

  private ParkingRaces() {}

  /** What of the shared files takes part: a flag, dirty bits and a ring. */
  static class Shared {
    private final StateMemory memory =
        StateMemory.take(
            LINE + DirtyBits.WORDS * Long.BYTES + RingDescriptor.HEADER_LENGTH + CAPACITY);
    private final long flag = memory.address;
    private final long bits = flag + LINE;
    private final long ring = bits + (long) DirtyBits.WORDS * Long.BYTES;
    final ParkedFlag parked = new ParkedFlag(flag);
    final DirtyBits dirty = new DirtyBits(bits);
    final RingWriter writer = new RingWriter(ring, CAPACITY);
    final RingReader reader = new RingReader(ring, CAPACITY);

    final void send() {
      writer.write(MESSAGE, 0, MESSAGE.length, 1);
    }

    final String flag() {
      return Memory.getIntVolatile(flag) == 0 ? "lowered" : "raised";
    }
  }

  /** ShmServer.idle against ClientSession.ring. */
  @JCStressTest
  @Outcome(id = "awake, raised", expect = ACCEPTABLE, desc = "it saw the dirty bit, in time")
  @Outcome(id = "awake, lowered", expect = ACCEPTABLE, desc = "both saw each other")
  @Outcome(id = "asleep, lowered", expect = ACCEPTABLE, desc = "the client woke it")
  @Outcome(id = "asleep, raised", expect = FORBIDDEN, desc = "the wake-up is lost")
  @State
  public static class ServerParks extends Shared {
    @Actor
    public void server(LL_Result r) {
      r.r1 = parked.raise(dirty::isAny) ? "asleep" : "awake";
    }

    @Actor
    public void client() {
      send();
      dirty.mark(SESSION);
      parked.wakeOnce();
    }

    @Arbiter
    public void look(LL_Result r) {
      r.r2 = flag();
    }
  }

  /** ClientSession.await against the server's reply and ServerSession.wake. */
  @JCStressTest
  @Outcome(id = "awake, raised", expect = ACCEPTABLE, desc = "it saw the reply, in time")
  @Outcome(id = "awake, lowered", expect = ACCEPTABLE, desc = "both saw each other")
  @Outcome(id = "asleep, lowered", expect = ACCEPTABLE, desc = "the server woke it")
  @Outcome(id = "asleep, raised", expect = FORBIDDEN, desc = "the wake-up is lost")
  @State
  public static class ClientParks extends Shared {
    @Actor
    public void client(LL_Result r) {
      r.r1 = parked.raise(reader::isReady) ? "asleep" : "awake";
    }

    @Actor
    public void server() {
      send();
      parked.wake();
    }

    @Arbiter
    public void look(LL_Result r) {
      r.r2 = flag();
    }
  }

  /** A watcher's memory: the wake-up word, the mask, and the published revision. */
  static class Watched {
    static final int INTEREST = 1;

    private final StateMemory memory = StateMemory.take(3 * LINE);
    private final long mask = memory.address + LINE;
    private final long published = memory.address + 2 * LINE;
    final ParkedWatchers parked = new ParkedWatchers(memory.address, mask);
    private int word;
    private long seen;

    /** As in ShmEventCursor; the kernel compares the word at last. */
    final String park() {
      word = parked.word();
      seen = Memory.getLongAcquire(published);
      parked.raise(INTEREST);
      boolean sleeps = Memory.getLongAcquire(published) == seen && parked.word() == word;
      return sleeps ? "asleep" : "awake";
    }

    /** As in CommitProcessor and Conductor. */
    final void commit() {
      Memory.putLongRelease(published, Memory.getLong(published) + 1);
      parked.wake(INTEREST);
    }

    /** What becomes of one that sleeps, now that all is over. */
    final String fate() {
      if (parked.word() != word) {
        return "woken";
      }
      boolean isCurrent = Memory.getLongAcquire(published) == seen;
      boolean isKnown = Memory.getIntVolatile(mask) == INTEREST;
      return isCurrent && isKnown ? "ready" : "lost";
    }
  }

  /** ShmEventCursor.sleep against Conductor.wake. */
  @JCStressTest
  @Outcome(id = "awake", expect = ACCEPTABLE, desc = "it saw the commit, or the word's change")
  @Outcome(id = "asleep, woken", expect = ACCEPTABLE, desc = "its interest was there in time")
  @Outcome(id = "asleep, ready", expect = ACCEPTABLE, desc = "it had seen all, and will be woken")
  @Outcome(id = "asleep, lost", expect = FORBIDDEN, desc = "it misses this commit, or the next")
  @State
  public static class WatcherParks extends Watched {
    @Actor
    public void watcher(L_Result r) {
      r.r1 = park();
    }

    @Actor
    public void server() {
      commit();
    }

    @Arbiter
    public void look(L_Result r) {
      r.r1 = r.r1.equals("asleep") ? "asleep, " + fate() : r.r1;
    }
  }

  /** With an interest in common; what the server takes back for one is the other's too. */
  @JCStressTest
  @Outcome(id = "awake", expect = ACCEPTABLE, desc = "it saw a commit, or the word's change")
  @Outcome(id = "asleep, woken", expect = ACCEPTABLE, desc = "its interest was there in time")
  @Outcome(id = "asleep, ready", expect = ACCEPTABLE, desc = "it had seen all, and will be woken")
  @Outcome(id = "asleep, lost", expect = FORBIDDEN, desc = "it misses a commit")
  @State
  public static class SecondWatcherParks extends Watched {
    public SecondWatcherParks() {
      parked.raise(INTEREST);
    }

    @Actor
    public void watcher(L_Result r) {
      r.r1 = park();
    }

    @Actor
    public void server() {
      commit();
      commit();
    }

    @Arbiter
    public void look(L_Result r) {
      r.r1 = r.r1.equals("asleep") ? "asleep, " + fate() : r.r1;
    }
  }

  /** Conductor.serveDirty: who takes the mark of a session finds its command. */
  @JCStressTest
  @Outcome(id = "none, later", expect = ACCEPTABLE, desc = "not marked yet; found the next time")
  @Outcome(id = "marked, command", expect = ACCEPTABLE, desc = "found at once")
  @Outcome(expect = FORBIDDEN, desc = "a mark that is gone and a command that nobody looks for")
  @State
  public static class DirtyBitAndCommand extends Shared {
    @Actor
    public void client() {
      send();
      dirty.mark(SESSION);
    }

    @Actor
    public void server(LL_Result r) {
      r.r1 = take() ? "marked" : "none";
      r.r2 = r.r1.equals("marked") ? found() : null;
    }

    @Arbiter
    public void next(LL_Result r) {
      if (r.r2 == null) {
        r.r2 = take() && reader.read() ? "later" : "lost";
      }
    }

    private boolean take() {
      return dirty.take(SESSION / Long.SIZE) == 1L << (SESSION % Long.SIZE);
    }

    private String found() {
      return reader.read() ? "command" : "nothing";
    }
  }

  /** The whole of it, the kernel included: the sleeper really sleeps, and is really woken. */
  @JCStressTest
  @Outcome(id = "woken", expect = ACCEPTABLE, desc = "it did not sleep, or was woken")
  @Outcome(id = "overslept", expect = FORBIDDEN, desc = "only the deadline ended its sleep")
  @State
  public static class ClientSleeps extends Shared {
    private static final long DEADLINE_NS = 30_000_000_000L;

    @Actor
    public void client(L_Result r) {
      long deadline = System.nanoTime() + DEADLINE_NS;
      while (!reader.isReady() && System.nanoTime() - deadline < 0) {
        if (parked.raise(reader::isReady)) {
          parked.sleep(deadline);
        }
        parked.lower();
      }
      r.r1 = System.nanoTime() - deadline < 0 ? "woken" : "overslept";
    }

    @Actor
    public void server() {
      send();
      parked.wake();
    }
  }
}
