package io.zproc.shm.internal.slots;

import io.zproc.CapacityException;
import io.zproc.ZProcException;
import io.zproc.shm.internal.layout.SlotDescriptor;
import io.zproc.shm.internal.os.ChronicleHook;
import io.zproc.shm.internal.os.FileSpace;
import io.zproc.shm.internal.os.Files600;
import io.zproc.shm.internal.os.InterruptShield;
import io.zproc.shm.internal.os.Memory;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Chronicle Map of the state: key to slot. Slots are inserted by the server and never removed
 * or replaced, so an address holds as long as the map is open, and the only lock that a lookup
 * takes is one that inserting does not wait for. The map as a whole is taken away when none of its
 * slots is in use any more.
 *
 * <p>A reader's is closed when no longer reachable: whoever keeps an address keeps this object too,
 * so memory is never unmapped under a reader.
 */
public final class SlotMap {
  private static final Logger LOG = LoggerFactory.getLogger(SlotMap.class);
  private static final Cleaner CLEANER = Cleaner.create();

  /** One segment: then it has exactly the slots asked for, and lookups share one read lock. */
  private static final int SEGMENTS = 1;

  private static final int TYPICAL_KEY_LENGTH = 36;
  private static final int LINE = 64;

  /** A slot of class 0 takes a line for a key of up to 58 bytes, and two for itself. */
  private static final int SLOT_LINES = 1 + SlotDescriptor.SLOT_LENGTH / LINE;

  /** One line in so many slots is added for longer keys. */
  private static final int SPARE = 4;

  /** Stays when a map is taken away, so that who opens it just then does not wait for it. */
  private static final int FILE_HEADER_LENGTH = 64 << 10;

  private final ChronicleMap<byte[], SlotAddress> map;
  private final Path path;
  private final Cleaner.Cleanable closing;

  private SlotMap(Path path, ChronicleMap<byte[], SlotAddress> map) {
    this.path = path;
    this.map = map;
    closing = CLEANER.register(this, map::close);
  }

  public static Path path(Path directory, long generation, int sizeClass, int extent) {
    return directory.resolve("map." + generation + "." + sizeClass + "." + extent);
  }

  /**
   * Creates a map of a size class, all of its memory reserved.
   *
   * @param extent its number, not used before in the generation
   * @param slots how many keys it has room for
   * @throws CapacityException when there is no room for it
   */
  public static SlotMap create(
      Path directory, long generation, int sizeClass, int extent, long slots) {
    Path path = path(directory, generation, sizeClass, extent);
    Path unfinished = path.resolveSibling(path.getFileName() + ".tmp");
    Files600.deleteQuietly(unfinished);
    try {
      Files600.create(unfinished).close();
      long ahead = slots * SizeClass.slotLength(sizeClass);
      FileSpace.reserveAhead(unfinished, ahead);
      build(sizeClass, slots, unfinished).close();
      long rest = Files.size(unfinished) - ahead;
      if (rest > 0) {
        FileSpace.reserve(unfinished, ahead, rest);
      }
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      return open(path, sizeClass);
    } catch (IOException e) {
      throw new CapacityException("can not create " + path + ": " + e);
    } finally {
      Files600.deleteQuietly(unfinished);
    }
  }

  /** Opens a map that the server has created. */
  public static SlotMap open(Path path, int sizeClass) {
    if (!Files.exists(path)) {
      throw new ZProcException(path + " does not exist");
    }
    try {
      // The size that counts is in the file.
      long slots = SizeClass.fewestSlots(sizeClass);
      return new SlotMap(path, InterruptShield.open(() -> build(sizeClass, slots, path)));
    } catch (IOException e) {
      throw new ZProcException("can not open " + path + ": " + e, e);
    }
  }

  private static ChronicleMap<byte[], SlotAddress> build(int sizeClass, long slots, Path path)
      throws IOException {
    ChronicleHook.require();
    SlotAddress sample = absentSlot(sizeClass);
    try {
      ChronicleMapBuilder<byte[], SlotAddress> builder =
          ChronicleMapBuilder.of(byte[].class, SlotAddress.class)
              .name("zproc")
              .entries(slots)
              .actualSegments(SEGMENTS)
              .averageKeySize(TYPICAL_KEY_LENGTH);
      if (sizeClass == 0) {
        builder
            .actualChunkSize(LINE)
            .entriesPerSegment(slots)
            .actualChunksPerSegmentTier(slots * SLOT_LINES + slots / SPARE);
      }
      return builder
          .constantValueSizeBySample(sample)
          .entryAndValueOffsetAlignment(LINE)
          .valueMarshaller(new SlotAddressMarshaller())
          .allowSegmentTiering(false)
          .checksumEntries(false)
          .putReturnsNull(true)
          .removeReturnsNull(true)
          .skipCloseOnExitHook(true)
          .sparseFile(true)
          .createPersistedTo(path.toFile());
    } finally {
      free(sample);
    }
  }

  /**
   * Gives a key its slot, in the state of a key that was never there.
   *
   * @return the slot's address, or 0 when the map is full
   */
  public long insert(byte[] key, int sizeClass) {
    SlotAddress slot = absentSlot(sizeClass);
    try {
      return put(key, slot) ? findInserted(key, sizeClass) : 0;
    } finally {
      free(slot);
    }
  }

  /**
   * Gives a key a slot of class 0 with the content of another one.
   *
   * @return the slot's address, or 0 when the map is full
   */
  public long insertCopy(byte[] key, long slot) {
    SlotAddress content = new SlotAddress();
    content.address = slot;
    content.length = SlotDescriptor.SLOT_LENGTH;
    return put(key, content) ? findInserted(key, 0) : 0;
  }

  private long findInserted(byte[] key, int sizeClass) {
    long slot = find(key);
    if (sizeClass == 0 && !SlotKey.isBefore(slot, key)) {
      throw new IllegalStateException("the key of a slot is not in front of it in " + path);
    }
    return slot;
  }

  private boolean put(byte[] key, SlotAddress content) {
    try {
      map.put(key, content);
      return true;
    } catch (IllegalStateException full) {
      return false;
    }
  }

  /** The address of a key's slot, 0 if it has none here. */
  public long find(byte[] key) {
    SlotAddress found = new SlotAddress();
    return map.getUsing(key, found) == null ? 0 : found.address;
  }

  /** What the map takes, in bytes. */
  public long size() {
    return path.toFile().length();
  }

  public Path path() {
    return path;
  }

  /**
   * Server: takes the map away, and gives its memory back even where readers have it mapped: they
   * see zeros from then on. None of its slots may be in use.
   */
  public void discard() {
    try {
      FileSpace.release(path, FILE_HEADER_LENGTH, size() - FILE_HEADER_LENGTH);
    } catch (IOException e) {
      LOG.warn("can not give the memory of {} back: {}", path, e.toString());
    }
    Files600.deleteQuietly(path);
    closing.clean();
  }

  private static SlotAddress absentSlot(int sizeClass) {
    SlotAddress slot = new SlotAddress();
    slot.length = SizeClass.slotLength(sizeClass);
    slot.address = OS.memory().allocate(slot.length);
    Memory.fill(slot.address, slot.length, (byte) 0);
    if (sizeClass == 0) {
      Memory.putInt(slot.address + SlotDescriptor.LENGTH_OFFSET, SlotDescriptor.ABSENT);
    }
    return slot;
  }

  private static void free(SlotAddress slot) {
    OS.memory().freeMemory(slot.address, slot.length);
  }
}
