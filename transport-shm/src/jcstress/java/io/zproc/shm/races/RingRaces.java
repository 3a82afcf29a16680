package io.zproc.shm.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.zproc.shm.internal.layout.RingDescriptor;
import io.zproc.shm.internal.ring.RingReader;
import io.zproc.shm.internal.ring.RingWriter;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The records of a ring: RingWriter against RingReader. Each race has a small ring of its own,
 * which was gone round before, so that what lies ahead of the writer are old records and not zeros.
 */
public final class RingRaces {
  private static final int CAPACITY = 2048;

  /** Of a message; its record takes several cache lines. */
  private static final int LENGTH = 480;

  /** A reader that looks again and again sees a record at the moment when it is published. */
  private static final int MAX_LOOKS = 50;

  private static final int RECORD = RingDescriptor.RECORD_HEADER_LENGTH + LENGTH;
  private static final int LAP = CAPACITY / RECORD;
  private static final int PIECES = 3 * RingDescriptor.maxPayload(CAPACITY);

  private static final byte[] OLD = filled(LENGTH, 9);
  private static final byte[] FIRST = filled(LENGTH, 1);
  private static final byte[] SECOND = filled(LENGTH, 2);
  private static final byte[] IN_PIECES = filled(PIECES, 3);
  private static final byte[] SMALL = filled(8, 4);

  private RingRaces() {}

  private static byte[] filled(int length, int sequence) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) sequence);
    return bytes;
  }

  /** A ring and its two ends. */
  static class Ring {
    private final StateMemory memory = StateMemory.take(RingDescriptor.HEADER_LENGTH + CAPACITY);
    final RingWriter writer = new RingWriter(memory.address, CAPACITY);
    final RingReader reader = new RingReader(memory.address, CAPACITY);

    /** Old messages, written and read. */
    Ring(int count) {
      for (int i = 0; i < count; i++) {
        write(OLD);
        reader.read();
      }
    }

    final boolean write(byte[] message) {
      return writer.write(message, 0, message.length, message[0]);
    }

    /** The next message, by the number that its sequence and all of its bytes are. */
    final String read() {
      int looks = 1;
      while (!reader.read()) {
        if (looks++ == MAX_LOOKS) {
          return "none";
        }
      }
      long sequence = reader.sequence();
      for (int i = 0; i < reader.length(); i++) {
        if (reader.array()[i] != sequence) {
          return "torn";
        }
      }
      return reader.length() == length(sequence) ? Long.toString(sequence) : "torn";
    }
  }

  private static int length(long sequence) {
    return sequence == IN_PIECES[0] ? PIECES : sequence == SMALL[0] ? SMALL.length : LENGTH;
  }

  /** One record. */
  @JCStressTest
  @Outcome(id = "none", expect = ACCEPTABLE, desc = "not published yet")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "published, and whole")
  @Outcome(expect = FORBIDDEN, desc = "a record that is not whole, or an old one")
  @State
  public static class Record extends Ring {
    public Record() {
      super(LAP + 1);
    }

    @Actor
    public void write() {
      write(FIRST);
    }

    @Actor
    public void read(L_Result r) {
      r.r1 = read();
    }
  }

  /** Two records, and what an impatient reader makes of what lies behind them. */
  @JCStressTest
  @Outcome(id = "none, none", expect = ACCEPTABLE, desc = "neither was published yet")
  @Outcome(id = "none, 1", expect = ACCEPTABLE, desc = "the first came between the looks")
  @Outcome(id = "1, none", expect = ACCEPTABLE, desc = "the second was not published yet")
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both, in order")
  @Outcome(expect = FORBIDDEN, desc = "out of order, not whole, or an old one")
  @State
  public static class TwoRecords extends Ring {
    public TwoRecords() {
      super(LAP + 1);
    }

    @Actor
    public void write() {
      write(FIRST);
      write(SECOND);
    }

    @Actor
    public void read(LL_Result r) {
      r.r1 = read();
      r.r2 = read();
    }
  }

  /** A record for which there is no room before the ring's end: padding, then the record. */
  @JCStressTest
  @Outcome(id = "none", expect = ACCEPTABLE, desc = "not published yet")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "published, and whole")
  @Outcome(expect = FORBIDDEN, desc = "a record that is not whole, or an old one")
  @State
  public static class Wrap extends Ring {
    public Wrap() {
      super(LAP);
    }

    @Actor
    public void write() {
      write(FIRST);
    }

    @Actor
    public void read(L_Result r) {
      r.r1 = read();
    }
  }

  /** A message of three records. */
  @JCStressTest
  @Outcome(id = "none, 3", expect = ACCEPTABLE, desc = "not all of it was published yet")
  @Outcome(id = "3, none", expect = ACCEPTABLE, desc = "whole")
  @Outcome(expect = FORBIDDEN, desc = "a message that is not whole, or an old one")
  @State
  public static class Pieces extends Ring {
    public Pieces() {
      super(0);
    }

    @Actor
    public void write() {
      write(IN_PIECES);
    }

    @Actor
    public void read(LL_Result r) {
      r.r1 = read();
    }

    @Arbiter
    public void readRest(LL_Result r) {
      r.r2 = read();
    }
  }

  /** A full ring: the writer takes whatever room the reader gives back, and nothing before. */
  @JCStressTest
  @Outcome(id = "111, whole", expect = ACCEPTABLE, desc = "all whole, in order, and none is lost")
  @Outcome(expect = FORBIDDEN, desc = "the writer wrote where the reader still read")
  @State
  public static class Reuse extends Ring {
    private static final int ATTEMPTS = 80;
    private int small;

    public Reuse() {
      super(LAP / 2);
      fill(FIRST);
      small = fill(SMALL);
    }

    private int fill(byte[] message) {
      int written = 0;
      while (write(message)) {
        written++;
      }
      return written;
    }

    @Actor
    public void write() {
      for (int i = 0; i < ATTEMPTS; i++) {
        small += write(SMALL) ? 1 : 0;
      }
    }

    @Actor
    public void read(LL_Result r) {
      r.r1 = read() + read() + read();
    }

    @Arbiter
    public void readRest(LL_Result r) {
      r.r2 = "whole";
      for (int i = 0; i < small && r.r2.equals("whole"); i++) {
        String next = read();
        r.r2 = next.equals(Integer.toString(SMALL[0])) ? "whole" : next;
      }
    }
  }
}
