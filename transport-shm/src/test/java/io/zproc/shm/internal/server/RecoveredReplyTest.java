package io.zproc.shm.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.SessionLostException;
import io.zproc.ZProcException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.BatchEncoder;
import io.zproc.internal.protocol.Replies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session had commands 1 to 5 under way; 2 and 5 are in the journal. */
@Timeout(30)
class RecoveredReplyTest {
  private static final byte[] KEY = {1};
  private static final long REVISION = 77;

  private final BatchEncoder batch = new BatchEncoder();
  private final ByteWriter request = new ByteWriter();
  private final ByteWriter reply = new ByteWriter();
  private final RecoveredReply recovered = recovered();

  private static RecoveredReply recovered() {
    return RecoveredReply.complete(5, REVISION, applied());
  }

  private static AppliedSequences applied() {
    AppliedSequences applied = new AppliedSequences();
    applied.add(2);
    applied.add(5);
    return applied;
  }

  private ByteReader answer(long sequence) {
    ByteReader command = new ByteReader();
    command.wrap(request.array(), 0, request.position());
    command.readByte();
    recovered.answer(command, command.readByte(), sequence, reply);
    return new ByteReader().wrap(reply.array(), 0, reply.position());
  }

  private void requestPut() {
    batch.wrap(request.clear(), 0, 0).put(1, KEY, KEY, 0, 1).end();
  }

  @Test
  void shouldSayDoneWhenACommandIsInTheJournal() {
    requestPut();
    assertThat(Replies.check(answer(2))).isTrue();
    ByteReader last = answer(5);
    assertThat(Replies.check(last)).isTrue();
    assertThat(last.readLong()).isEqualTo(REVISION);
  }

  @Test
  void shouldSayRefusedWhenAWriteIsNotInTheJournal() {
    requestPut();
    ByteReader answer = answer(3);
    assertThatThrownBy(() -> Replies.check(answer))
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void shouldSayConflictWhenAConditionalWriteIsNotInTheJournal() {
    batch.wrap(request.clear(), 0, 0).ifAbsent(1, KEY).put(1, KEY, KEY, 0, 1).end();
    assertThat(Replies.check(answer(4))).isFalse();
  }

  @Test
  void shouldSayDoneWithoutResultWhenARemovalHadNothingToRemove() {
    batch.wrap(request.clear(), BatchEncoder.RETURN_RESULTS, 0).remove(1, KEY).clear(1).end();
    ByteReader answer = answer(1);
    assertThat(Replies.check(answer)).isTrue();
    assertThat(answer.readLong()).isEqualTo(REVISION);
    for (int write = 0; write < 2; write++) {
      assertThat(answer.readLong()).isZero();
      assertThat(answer.readInt()).isEqualTo(-1);
    }
    assertThat(answer.remaining()).isZero();
  }

  @Test
  void shouldSayThatResultsAreUnknownWhenTheEventWasTrimmed() {
    RecoveredReply trimmed = RecoveredReply.withoutResults(REVISION, applied());
    batch.wrap(request.clear(), BatchEncoder.RETURN_RESULTS, 0).put(1, KEY, KEY, 0, 1).end();
    ByteReader command = new ByteReader().wrap(request.array(), 2, request.position() - 2);
    trimmed.answer(command, BatchEncoder.RETURN_RESULTS, 5, reply);
    assertThatThrownBy(
            () -> Replies.check(new ByteReader().wrap(reply.array(), 0, reply.position())))
        .isInstanceOf(SessionLostException.class)
        .hasMessageContaining("took effect");
  }
}
