package io.zproc.shm;

import io.zproc.internal.jvm.Opens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.Memory;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.Marshallable;
import org.agrona.concurrent.UnsafeBuffer;

/** Main class of a child: opens a map as we do, a queue and a buffer; writes, reads, ends. */
public final class MapAndQueueProbe {
  private MapAndQueueProbe() {}

  public static void main(String[] args) throws IOException {
    Opens.open();
    Path directory = Path.of(args[0]);
    map(directory.resolve("map"));
    queue(directory.resolve("queue"));
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
    buffer.putLong(0, 7);
    check(buffer.getLong(0) == 7);
    System.out.println("done");
  }

  private static void map(Path file) throws IOException {
    Slot slot = Slot.allocate(128);
    try (ChronicleMap<byte[], Slot> map =
        ChronicleMap.of(byte[].class, Slot.class)
            .name("probe")
            .entries(1000)
            .averageKeySize(16)
            .actualSegments(1)
            .putReturnsNull(true)
            .removeReturnsNull(true)
            .checksumEntries(false)
            .skipCloseOnExitHook(true)
            .allowSegmentTiering(false)
            .entryAndValueOffsetAlignment(64)
            .valueMarshaller(new SlotMarshaller())
            .constantValueSizeBySample(slot)
            .createPersistedTo(file.toFile())) {
      byte[] key = "key".getBytes(StandardCharsets.UTF_8);
      OS.memory().writeLong(slot.address, 42);
      map.put(key, slot);
      check(OS.memory().readLong(map.getUsing(key, new Slot()).address) == 42);
    }
  }

  private static void queue(Path directory) {
    try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory.toFile()).build();
        ExcerptTailer tailer = queue.createTailer()) {
      queue.createAppender().writeBytes(out -> out.writeLong(42));
      check(tailer.readBytes(in -> check(in.readLong() == 42)));
    }
  }

  private static void check(boolean expected) {
    if (!expected) {
      throw new IllegalStateException("read something else than was written");
    }
  }

  /** A place in memory. */
  static final class Slot {
    private long address;
    private long size;

    private static Slot allocate(long size) {
      Memory memory = OS.memory();
      Slot slot = new Slot();
      slot.address = memory.allocate(size);
      slot.size = size;
      memory.setMemory(slot.address, size, (byte) 0);
      return slot;
    }
  }

  /** Copies a slot in, and hands out where it is. */
  static final class SlotMarshaller implements SizedReader<Slot>, SizedWriter<Slot>, Marshallable {
    @Override
    public Slot read(Bytes<?> in, long size, Slot using) {
      Slot slot = using == null ? new Slot() : using;
      slot.address = in.addressForRead(in.readPosition());
      slot.size = size;
      return slot;
    }

    @Override
    public long size(Slot slot) {
      return slot.size;
    }

    @Override
    public void write(Bytes<?> out, long size, Slot slot) {
      OS.memory().copyMemory(slot.address, out.addressForWrite(out.writePosition()), size);
      out.writeSkip(size);
    }
  }
}
