package io.zproc.shm.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every offset of the mapped files: to change one takes a new layout version. */
@Timeout(10)
class DescriptorsTest {
  @Test
  void shouldKeepTheLayoutVersionWhenOffsetsAreAsTheyAre() {
    assertThat(ControlDescriptor.LAYOUT_VERSION).isEqualTo(5 << 16);
    assertThat(ControlDescriptor.versionText(7 << 16 | 3)).isEqualTo("7.3");
    assertThat(ControlDescriptor.MAGIC).isEqualTo(0x4D48_5343_4F52_505AL);
    assertThat(SessionDescriptor.MAGIC).isEqualTo(0x5345_5343_4F52_505AL);
  }

  @Test
  void shouldPlaceTheFieldsOfTheControlFile() {
    assertFields(
        new int[][] {
          {ControlDescriptor.MAGIC_OFFSET, 0, 8},
          {ControlDescriptor.VERSION_OFFSET, 8, 4},
          {ControlDescriptor.SESSIONS_OFFSET, 12, 4},
          {ControlDescriptor.IDENTITY_OFFSET, 16, 8},
          {ControlDescriptor.SERVER_PID_OFFSET, 64, 8},
          {ControlDescriptor.EPOCH_OFFSET, 72, 8},
          {ControlDescriptor.SERVER_STATE_OFFSET, 80, 4},
          {ControlDescriptor.GENERATION_OFFSET, 128, 8},
          {ControlDescriptor.BASE_REVISION_OFFSET, 136, 8},
          {ControlDescriptor.EXTENTS_OFFSET, 144, 4 * ControlDescriptor.SIZE_CLASSES},
          {ControlDescriptor.JOURNAL_FIRST_OFFSET, 176, 8},
          {ControlDescriptor.PUBLISHED_OFFSET, 192, 8},
          {ControlDescriptor.WAKE_UP_WORD_OFFSET, 256, 4},
          {ControlDescriptor.PARKED_WATCHERS_OFFSET, 320, 4},
          {ControlDescriptor.SERVER_PARKED_OFFSET, 384, 4},
          {ControlDescriptor.INSERTS_OFFSET, 448, 8},
          {ControlDescriptor.NEXT_SESSION_OFFSET, 512, 8},
          {ControlDescriptor.DIRTY_OFFSET, 1024, ControlDescriptor.SESSIONS / 8},
          {
            ControlDescriptor.SESSION_TABLE_OFFSET,
            2048,
            ControlDescriptor.SESSIONS * SessionEntryDescriptor.LENGTH
          },
          {
            ControlDescriptor.MAP_TABLE_OFFSET,
            67_584,
            ControlDescriptor.SIZE_CLASSES * ControlDescriptor.MAP_PLACES * Integer.BYTES
          },
        },
        ControlDescriptor.LENGTH);
    assertThat(ControlDescriptor.LENGTH).isEqualTo(2048 + 1024 * 64 + 8 * 1024 * 4);
  }

  @Test
  void shouldPlaceTheFieldsOfASession() {
    assertFields(
        new int[][] {
          {SessionEntryDescriptor.STATE_OFFSET, 0, 4},
          {SessionEntryDescriptor.REASON_OFFSET, 4, 4},
          {SessionEntryDescriptor.NUMBER_OFFSET, 8, 8},
          {SessionEntryDescriptor.EPOCH_OFFSET, 16, 8},
          {SessionEntryDescriptor.PID_OFFSET, 24, 8},
        },
        SessionEntryDescriptor.LENGTH);
    int ring = RingDescriptor.HEADER_LENGTH + SessionDescriptor.RING_CAPACITY;
    assertFields(
        new int[][] {
          {SessionDescriptor.MAGIC_OFFSET, 0, 8},
          {SessionDescriptor.NUMBER_OFFSET, 8, 8},
          {SessionDescriptor.CLIENT_PARKED_OFFSET, 64, 4},
          {SessionDescriptor.REQUEST_RING_OFFSET, 128, ring},
          {SessionDescriptor.REPLY_RING_OFFSET, 128 + ring, ring},
        },
        SessionDescriptor.LENGTH);
  }

  @Test
  void shouldPlaceTheFieldsOfARecordAndOfASlot() {
    assertFields(
        new int[][] {
          {RingDescriptor.RECORD_WORD_OFFSET, 0, 8}, {RingDescriptor.RECORD_SEQUENCE_OFFSET, 8, 8},
        },
        RingDescriptor.RECORD_HEADER_LENGTH);
    assertThat(Integer.bitCount(SessionDescriptor.RING_CAPACITY)).isEqualTo(1);
    assertFields(
        new int[][] {
          {SlotDescriptor.SEQLOCK_OFFSET, 0, 8},
          {SlotDescriptor.VERSION_OFFSET, 8, 8},
          {SlotDescriptor.LENGTH_OFFSET, 16, 4},
          {SlotDescriptor.SIZE_CLASS_OFFSET, 20, 4},
          {SlotDescriptor.EXTENT_OFFSET, 24, 4},
          {SlotDescriptor.PAYLOAD_OFFSET, 32, SlotDescriptor.INLINE_CAPACITY},
        },
        SlotDescriptor.SLOT_LENGTH);
    assertThat(SlotDescriptor.SLOT_LENGTH % 64).isZero();
  }

  @Test
  void shouldPackLengthAndFlagsIntoARecordWord() {
    long word = RingDescriptor.recordWord(1234, RingDescriptor.MORE);
    assertThat(RingDescriptor.length(word)).isEqualTo(1234);
    assertThat(RingDescriptor.flags(word)).isEqualTo(RingDescriptor.PRESENT | RingDescriptor.MORE);
    assertThat(RingDescriptor.recordWord(0, 0)).isNotZero();
    assertThat(RingDescriptor.align(0)).isZero();
    assertThat(RingDescriptor.align(1)).isEqualTo(8);
    assertThat(RingDescriptor.align(8)).isEqualTo(8);
  }

  /** Each row: an offset, what it must be, the field's length. No two overlap; all are aligned. */
  private static void assertFields(int[][] fields, int length) {
    int end = 0;
    for (int[] field : fields) {
      assertThat(field[0]).isEqualTo(field[1]).isGreaterThanOrEqualTo(end);
      assertThat(field[0] % Math.min(8, field[2])).as("alignment of %d", field[0]).isZero();
      end = field[0] + field[2];
    }
    assertThat(end).isLessThanOrEqualTo(length);
  }
}
