package io.zproc.shm.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * When a commit is seen: it is in the journal before any slot shows it, and all of its slots show
 * it before its revision is published. The writer is the server's CommitProcessor with its journal;
 * each commit writes its revision to two keys.
 */
public final class CommitRaces {
  private static final RaceClient CLIENT = new RaceClient();

  /** A commit takes longer than a look, so that some readers look so often. */
  private static final int READS = 20;

  private CommitRaces() {}

  /** Two reads one after the other. */
  @JCStressTest
  @Outcome(id = "same", expect = ACCEPTABLE, desc = "both of one commit")
  @Outcome(id = "newer", expect = ACCEPTABLE, desc = "there was another commit in between")
  @Outcome(id = "older", expect = FORBIDDEN, desc = "half of a commit was seen")
  @State
  public static class TwoKeys {
    @Actor
    public void commit() {
      CLIENT.server.commit();
    }

    @Actor
    public void read(L_Result r) {
      CLIENT.x.read(CLIENT.buffer);
      long first = CLIENT.buffer.version;
      CLIENT.y.read(CLIENT.buffer);
      long second = CLIENT.buffer.version;
      r.r1 = second == first ? "same" : second > first ? "newer" : "older";
    }
  }

  /** The same by the reads that need no buffer. */
  @JCStressTest
  @Outcome(id = "same", expect = ACCEPTABLE, desc = "both of one commit")
  @Outcome(id = "newer", expect = ACCEPTABLE, desc = "there was another commit in between")
  @Outcome(id = "none", expect = ACCEPTABLE, desc = "the server was writing")
  @Outcome(id = "older", expect = FORBIDDEN, desc = "half of a commit was seen")
  @State
  public static class TwoLongs {
    @Actor
    public void commit() {
      CLIENT.server.commit();
    }

    @Actor
    public void read(L_Result r) {
      for (int i = 0; i < READS && !"older".equals(r.r1); i++) {
        long first = CLIENT.x.readLong();
        long second = CLIENT.y.readLong();
        if (first < 0 || second < 0) {
          r.r1 = "none";
        } else {
          r.r1 = second == first ? "same" : second > first ? "newer" : "older";
        }
      }
    }
  }

  /** A transaction, which has one view of all keys, and starts again when it can not have it. */
  @JCStressTest
  @Outcome(id = "same", expect = ACCEPTABLE, desc = "both of one commit")
  @Outcome(id = "none", expect = ACCEPTABLE, desc = "commits came in between, twice")
  @Outcome(id = "newer", expect = FORBIDDEN, desc = "of two commits")
  @Outcome(id = "older", expect = FORBIDDEN, desc = "of two commits")
  @State
  public static class Transaction {
    private static final RuntimeException GIVEN_UP = new RuntimeException("given up");
    private static final int ATTEMPTS = 2;

    private int attempts;

    @Actor
    public void commit() {
      CLIENT.server.commit();
    }

    @Actor
    public void read(L_Result r) {
      try {
        r.r1 = CLIENT.state.atomic(this::compare);
      } catch (RuntimeException e) {
        if (e != GIVEN_UP) {
          throw e;
        }
        r.r1 = "none";
      }
    }

    /** After more attempts it would ask the server for its turn. */
    private String compare(io.zproc.Transaction<String, Long> tx) {
      if (attempts++ == ATTEMPTS) {
        throw GIVEN_UP;
      }
      int order = Long.compare(tx.get("y"), tx.get("x"));
      return order == 0 ? "same" : order > 0 ? "newer" : "older";
    }
  }

  /** The published revision, then a slot. */
  @JCStressTest
  @Outcome(id = "same", expect = ACCEPTABLE, desc = "the value of that revision")
  @Outcome(id = "newer", expect = ACCEPTABLE, desc = "there was another commit in between")
  @Outcome(id = "older", expect = FORBIDDEN, desc = "published before the slot showed it")
  @State
  public static class PublishedThenSlot {
    @Actor
    public void commit() {
      CLIENT.server.commit();
    }

    @Actor
    public void read(L_Result r) {
      long published = CLIENT.connection.revision();
      CLIENT.y.read(CLIENT.buffer);
      long version = CLIENT.buffer.version;
      r.r1 = version == published ? "same" : version > published ? "newer" : "older";
    }
  }

  /** A slot, then the published revision: what was read is published. */
  @JCStressTest
  @Outcome(id = "same", expect = ACCEPTABLE, desc = "the value's revision")
  @Outcome(id = "newer", expect = ACCEPTABLE, desc = "there was another commit in between")
  @Outcome(id = "older", expect = FORBIDDEN, desc = "a value was seen before it was published")
  @State
  public static class SlotThenPublished {
    @Actor
    public void commit() {
      CLIENT.server.commit();
    }

    @Actor
    public void read(L_Result r) {
      CLIENT.x.read(CLIENT.buffer);
      long version = CLIENT.buffer.version;
      long published = CLIENT.connection.revision();
      r.r1 = published == version ? "same" : published > version ? "newer" : "older";
    }
  }

  /** The published revision, then the journal: what is published is there. */
  @JCStressTest
  @Outcome(id = "there", expect = ACCEPTABLE, desc = "the event of that revision")
  @Outcome(expect = FORBIDDEN, desc = "published before it was in the journal")
  @State
  public static class PublishedThenEvent {
    @Actor
    public void commit() {
      CLIENT.server.commit();
    }

    @Actor
    public void read(L_Result r) {
      long published = CLIENT.connection.revision();
      CLIENT.cursor.seek(published - 1);
      boolean isThere = CLIENT.cursor.next(CLIENT.event);
      r.r1 = !isThere ? "nothing" : CLIENT.event.revision() == published ? "there" : "another";
    }
  }

  /** The word that watchers sleep on, then the published revision: who is woken finds something. */
  @JCStressTest
  @Outcome(id = "same", expect = ACCEPTABLE, desc = "the word's revision")
  @Outcome(id = "newer", expect = ACCEPTABLE, desc = "the word's store was yet to come")
  @Outcome(id = "older", expect = FORBIDDEN, desc = "woken before there was anything")
  @State
  public static class CommitWordThenPublished {
    @Actor
    public void commit() {
      CLIENT.server.commit();
      CLIENT.server.wakeWatchers();
    }

    @Actor
    public void read(L_Result r) {
      for (int i = 0; i < READS && !"older".equals(r.r1); i++) {
        int word = CLIENT.server.control().parkedWatchers().word();
        int ahead = (int) CLIENT.connection.revision() - word;
        r.r1 = ahead == 0 ? "same" : ahead > 0 ? "newer" : "older";
      }
    }
  }
}
