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

  /** ShmEventCursor.sleep against Conductor.wakeWatchers. */
  @JCStressTest
  @Outcome(id = "awake, 1", expect = ACCEPTABLE, desc = "it saw the new word, in time")
  @Outcome(id = "awake, 0", expect = ACCEPTABLE, desc = "both saw each other")
  @Outcome(id = "asleep, 0", expect = ACCEPTABLE, desc = "the server woke it")
  @Outcome(id = "asleep, 1", expect = FORBIDDEN, desc = "the wake-up is lost")
  @State
  public static class WatcherParks {
    private static final int INTEREST = 1;
    private static final int REVISION = 1;

    private final StateMemory memory = StateMemory.take(2 * LINE);
    private final long mask = memory.address + LINE;
    private final ParkedWatchers parked = new ParkedWatchers(memory.address, mask);

    /** The word was read, and nothing was published yet. */
    private final int word = parked.word();

    @Actor
    public void watcher(LL_Result r) {
      r.r1 = parked.raise(word, INTEREST) ? "asleep" : "awake";
    }

    @Actor
    public void server() {
      parked.wake(REVISION, INTEREST);
    }

    @Arbiter
    public void look(LL_Result r) {
      r.r2 = Memory.getIntVolatile(mask);
    }
  }

  /** Two watchers with an interest in common; what the server clears for one is the other's too. */
  @JCStressTest
  @Outcome(id = "awake", expect = ACCEPTABLE, desc = "it saw the new word, in time")
  @Outcome(id = "asleep, woken", expect = ACCEPTABLE, desc = "its bit was there for the server")
  @Outcome(id = "asleep, not woken", expect = FORBIDDEN, desc = "the wake-up is lost")
  @State
  public static class SecondWatcherParks {
    private static final int COMMON = 1;
    private static final int REVISION = 1;

    private final StateMemory memory = StateMemory.take(2 * LINE);
    private final long mask = memory.address + LINE;
    private final ParkedWatchers parked = new ParkedWatchers(memory.address, mask);
    private final int word = parked.word();

    public SecondWatcherParks() {
      parked.raise(word, COMMON);
    }

    @Actor
    public void second(L_Result r) {
      r.r1 = parked.raise(word, COMMON) ? "asleep" : "awake";
    }

    @Actor
    public void server() {
      parked.wake(REVISION, COMMON);
    }

    @Arbiter
    public void look(L_Result r) {
      if (r.r1.equals("asleep")) {
        r.r1 = Memory.getIntVolatile(mask) == 0 ? "asleep, woken" : "asleep, not woken";
      }
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
