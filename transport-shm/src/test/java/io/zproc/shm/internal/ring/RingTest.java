package io.zproc.shm.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.ProtocolException;
import io.zproc.internal.jvm.Opens;
import io.zproc.shm.internal.layout.RingDescriptor;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.testing.TestThreads;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RingTest {
  static {
    Opens.open();
  }

  private static final int CAPACITY = 1024;
  private static final int MAX_PAYLOAD = RingDescriptor.maxPayload(CAPACITY);
  private static final int MESSAGES = Integer.getInteger("zproc.test.ringMessages", 200_000);

  private final ByteBuffer memory =
      BufferUtil.allocateDirectAligned(RingDescriptor.HEADER_LENGTH + CAPACITY, 64);
  private final long address = BufferUtil.address(memory);
  private final RingWriter writer = new RingWriter(address, CAPACITY);
  private final RingReader reader = new RingReader(address, CAPACITY);

  @AfterEach
  void keepMemory() {
    Reference.reachabilityFence(memory);
  }

  private static byte[] message(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private void assertRead(byte[] expected, long sequence) {
    assertThat(reader.read()).isTrue();
    assertThat(Arrays.copyOf(reader.array(), reader.length())).isEqualTo(expected);
    assertThat(reader.sequence()).isEqualTo(sequence);
  }

  @Test
  void shouldGiveMessagesInOrderWhenWritten() {
    assertThat(reader.isReady()).isFalse();
    assertThat(reader.read()).isFalse();
    for (int i = 0; i < 5; i++) {
      assertThat(writer.write(message(i * 10, i), 0, i * 10, i + 100)).isTrue();
    }
    assertThat(reader.isReady()).isTrue();
    for (int i = 0; i < 5; i++) {
      assertRead(message(i * 10, i), i + 100);
    }
    assertThat(reader.read()).isFalse();
  }

  @Test
  void shouldPadAndWrapWhenRecordDoesNotFitBeforeTheEnd() {
    for (int i = 0; i < 1000; i++) {
      int length = 1 + i * 37 % MAX_PAYLOAD;
      assertThat(writer.write(message(length, i), 0, length, i)).isTrue();
      assertRead(message(length, i), i);
    }
  }

  @Test
  void shouldRefuseWhenFullAndGoOnWhenThereIsRoom() {
    int written = 0;
    while (writer.write(message(50, written), 0, 50, written)) {
      written++;
    }
    assertThat(written).isBetween(10, CAPACITY / 64);
    assertThat(writer.write(message(50, written), 0, 50, written)).isFalse();
    assertRead(message(50, 0), 0);
    assertRead(message(50, 1), 1);
    assertThat(writer.write(message(50, written), 0, 50, written)).isTrue();
    for (int i = 2; i <= written; i++) {
      assertRead(message(50, i), i);
    }
    assertThat(reader.read()).isFalse();
  }

  @Test
  void shouldWriteInPiecesWhenMessageIsLargerThanTheRing() {
    byte[] large = message(10 * CAPACITY, 1);
    boolean read = false;
    boolean written = false;
    for (int turn = 0; !read; turn++) {
      assertThat(turn).isLessThan(100);
      written = written || writer.write(large, 0, large.length, 7);
      read = reader.read();
    }
    assertThat(written).isTrue();
    assertThat(Arrays.copyOf(reader.array(), reader.length())).isEqualTo(large);
    assertThat(reader.sequence()).isEqualTo(7);
    assertThat(writer.write(large, 3, 5, 8)).isTrue();
    assertRead(Arrays.copyOfRange(large, 3, 8), 8);
  }

  @Test
  void shouldStartAnewWhenReset() {
    writer.write(message(100, 1), 0, 100, 1);
    reader.read();
    writer.write(message(100, 2), 0, 100, 2);
    writer.reset();
    reader.reset();
    assertThat(reader.isReady()).isFalse();
    writer.write(message(9, 3), 0, 9, 3);
    assertRead(message(9, 3), 3);
  }

  @Test
  void shouldRefuseWhenTheWordIsNone() {
    int present = RingDescriptor.PRESENT;
    long[] words = {
      RingDescriptor.recordWord(MAX_PAYLOAD + 1, 0),
      RingDescriptor.recordWord(-1, 0),
      RingDescriptor.recordWord(8, 8),
      RingDescriptor.recordWord(CAPACITY - 8, RingDescriptor.PADDING),
      RingDescriptor.recordWord(CAPACITY, RingDescriptor.PADDING | RingDescriptor.MORE),
      1,
      -1,
      (long) (present + 16) << 32,
    };
    for (long word : words) {
      Memory.putLongRelease(address + RingDescriptor.HEADER_LENGTH, word);
      assertThatThrownBy(reader::read)
          .as(Long.toHexString(word))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("is none");
    }
  }

  @Test
  void shouldNeitherHangNorLeaveTheRingWhenItHoldsGarbage() {
    long seed = ThreadLocalRandom.current().nextInt(1_000_000);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] garbage = new byte[CAPACITY];
      random.nextBytes(garbage);
      if (i % 2 == 0) {
        for (int word = 0; word < CAPACITY; word += 8) {
          ByteBuffer.wrap(garbage)
              .order(ByteOrder.nativeOrder())
              .putLong(
                  word,
                  RingDescriptor.recordWord(random.nextInt(MAX_PAYLOAD + 2), random.nextInt(8)));
        }
      }
      Memory.copyIn(garbage, 0, address + RingDescriptor.HEADER_LENGTH, CAPACITY);
      RingReader fresh = new RingReader(address, CAPACITY);
      try {
        for (int reads = 0; reads < 100 && fresh.read(); reads++) {
          assertThat(fresh.length()).as("seed %d", seed).isNotNegative();
        }
      } catch (ProtocolException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
  }

  @Test
  void shouldGiveEachMessageOnceWhenTwoThreadsShareTheRing() throws Exception {
    long seed = ThreadLocalRandom.current().nextInt(1_000_000);
    System.out.println("ring: seed " + seed);
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(() -> writeAll(seed), TestThreads::start);
    Random random = new Random(seed);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] expected = randomMessage(random);
      while (!reader.read()) {
        Thread.yield();
      }
      assertThat(reader.sequence()).isEqualTo(i);
      if (!Arrays.equals(expected, 0, expected.length, reader.array(), 0, reader.length())) {
        throw new AssertionError("seed " + seed + ": message " + i + " differs");
      }
    }
    writing.get(30, TimeUnit.SECONDS);
    assertThat(reader.read()).isFalse();
  }

  private void writeAll(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] bytes = randomMessage(random);
      while (!writer.write(bytes, 0, bytes.length, i)) {
        Thread.yield();
      }
    }
  }

  private static byte[] randomMessage(Random random) {
    int length = random.nextInt(100) == 0 ? random.nextInt(3 * CAPACITY) : random.nextInt(100);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
