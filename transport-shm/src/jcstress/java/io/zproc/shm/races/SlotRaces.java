package io.zproc.shm.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.zproc.shm.internal.server.RaceServer;
import io.zproc.spi.Cell;
import io.zproc.spi.ValueBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The seqlock of a slot: SlotWriter against ShmCell. The server overwrites one slot again and
 * again, with values that tell their version and differ in length; no reader may get a mixture.
 */
public final class SlotRaces {
  private static final RaceClient CLIENT = new RaceClient();
  private static final int SHORT = 40;
  private static final int LONG = 64;
  private static final int LARGE = 1000;
  private static final int REMOVED = -1;

  private static final long NUMBER = 0x0123_4567_89AB_CDEFL;

  /** The number as the codec writes it, and seven bytes so that they take as many. */
  private static final byte[] AS_LONG = {
    (byte) 0xd3, 0x01, 0x23, 0x45, 0x67, (byte) 0x89, (byte) 0xab, (byte) 0xcd, (byte) 0xef
  };

  private static final byte[] AS_BYTES = {(byte) 0xc4, 7, 1, 1, 1, 1, 1, 1, 1};

  /** Arrays of 40 and of 64 bytes as the codec writes them, each of one byte, repeated. */
  private static final byte[] FORTY_BYTES = bytes(SHORT);

  private static final byte[] SIXTY_FOUR_BYTES = bytes(LONG);

  private SlotRaces() {}

  private static byte[] bytes(int length) {
    byte[] encoded = new byte[2 + length];
    Arrays.fill(encoded, (byte) length);
    encoded[0] = (byte) 0xc4;
    return encoded;
  }

  private static String read(int even, int odd) {
    ValueBuffer read = CLIENT.buffer;
    CLIENT.x.read(read);
    int length = read.version % 2 == 0 ? even : odd;
    if (read.length != Math.max(length, Cell.ABSENT)) {
      return "torn";
    }
    for (int i = 0; i < length; i++) {
      if (read.bytes[i] != (byte) read.version) {
        return "torn";
      }
    }
    return length < 0 ? "absent" : "whole";
  }

  /** A number, read in one go, while the slot changes between it and other bytes. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "the number")
  @Outcome(id = "none", expect = ACCEPTABLE, desc = "there were bytes, or the server was writing")
  @Outcome(id = "torn", expect = FORBIDDEN, desc = "a number that was never written")
  @State
  public static class ReadLong {
    static {
      CLIENT.server.write(AS_LONG, AS_BYTES);
    }

    @Actor
    public void write() {
      CLIENT.server.write(AS_LONG, AS_BYTES);
    }

    @Actor
    public void read(L_Result r) {
      long value = CLIENT.x.readLong();
      r.r1 = value == Cell.NOT_A_LONG ? "none" : value == NUMBER ? "whole" : "torn";
    }
  }

  /** An array, read in one go, while the slot changes between two of different lengths. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "one of the arrays")
  @Outcome(id = "none", expect = ACCEPTABLE, desc = "the server was writing")
  @Outcome(id = "torn", expect = FORBIDDEN, desc = "parts of both")
  @State
  public static class ReadBytes {
    static {
      CLIENT.server.write(FORTY_BYTES, SIXTY_FOUR_BYTES);
    }

    private final byte[] target = new byte[LONG];

    @Actor
    public void write() {
      CLIENT.server.write(FORTY_BYTES, SIXTY_FOUR_BYTES);
    }

    @Actor
    public void read(L_Result r) {
      int length = CLIENT.x.readBytes(target);
      r.r1 = length == Cell.NOT_BYTES ? "none" : isWhole(length) ? "whole" : "torn";
    }

    private boolean isWhole(int length) {
      for (int i = 0; i < length; i++) {
        if (target[i] != length) {
          return false;
        }
      }
      return length == SHORT || length == LONG;
    }
  }

  /** Any value in the slot itself. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "version, length and bytes of one write")
  @Outcome(id = "torn", expect = FORBIDDEN, desc = "parts of several writes")
  @State
  public static class ReadInline {
    static {
      CLIENT.server.write(SHORT, LONG);
    }

    @Actor
    public void write() {
      CLIENT.server.write(SHORT, LONG);
    }

    @Actor
    public void read(L_Result r) {
      r.r1 = SlotRaces.read(SHORT, LONG);
    }
  }

  /** A value that is now in the slot and now in the larger one that the slot's seqlock guards. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "version, length and bytes of one write")
  @Outcome(id = "torn", expect = FORBIDDEN, desc = "parts of several writes")
  @State
  public static class ReadLarge {
    static {
      CLIENT.server.write(SHORT, LARGE);
    }

    @Actor
    public void write() {
      CLIENT.server.write(SHORT, LARGE);
    }

    @Actor
    public void read(L_Result r) {
      r.r1 = SlotRaces.read(SHORT, LARGE);
    }
  }

  /** A key that is removed and comes back. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "version, length and bytes of one write")
  @Outcome(id = "absent", expect = ACCEPTABLE, desc = "removed, by a version that did so")
  @Outcome(id = "torn", expect = FORBIDDEN, desc = "parts of several writes")
  @State
  public static class ReadRemoved {
    static {
      CLIENT.server.write(SHORT, REMOVED);
    }

    @Actor
    public void write() {
      CLIENT.server.write(SHORT, REMOVED);
    }

    @Actor
    public void read(L_Result r) {
      r.r1 = SlotRaces.read(SHORT, REMOVED);
    }
  }

  /** Keys that get other slots, in other maps, while maps are emptied and taken away. */
  @JCStressTest
  @Outcome(id = "whole", expect = ACCEPTABLE, desc = "version, length and bytes of one write")
  @Outcome(id = "absent", expect = ACCEPTABLE, desc = "not there yet, or removed")
  @Outcome(id = "torn", expect = FORBIDDEN, desc = "parts of several writes, or of no slot")
  @Outcome(id = "back", expect = FORBIDDEN, desc = "older than what was read before")
  @State
  public static class ReadMoving {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final int which = Math.floorMod(NEXT.getAndIncrement(), RaceServer.MOVING);

    @Actor
    public void move() {
      CLIENT.server.move(which);
    }

    @Actor
    public void read(L_Result r) {
      ValueBuffer read = CLIENT.buffer;
      Cell cell = CLIENT.moving[which];
      long before = cell.read(read) < 0 ? 0 : read.version;
      r.r1 = cell.read(read) < 0 ? "absent" : read.version < before ? "back" : whole(read);
    }

    private static String whole(ValueBuffer read) {
      int length = read.length;
      for (int i = 0; i < length; i++) {
        if (read.bytes[i] != (byte) read.version) {
          return "torn";
        }
      }
      return length == RaceServer.MOVING_SHORT || length == RaceServer.MOVING_LONG
          ? "whole"
          : "torn";
    }
  }
}
