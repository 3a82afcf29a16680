package io.zproc.shm.internal.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.ZProcException;
import io.zproc.internal.jvm.Opens;
import io.zproc.internal.protocol.Limits;
import io.zproc.shm.internal.layout.SlotDescriptor;
import io.zproc.shm.internal.os.Memory;
import io.zproc.testing.TestDirectories;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlotMapTest {
  private final Path directory = TestDirectories.create();

  @BeforeAll
  static void open() {
    Opens.open();
  }

  @AfterEach
  void delete() {
    TestDirectories.delete(directory);
  }

  private static byte[] key(int i) {
    return SlotKey.of(i % 3, ("key " + i).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldKeepCapturedAddressesRightWhenManyKeysFollow() {
    List<SlotMap> extents = new ArrayList<>();
    List<Long> addresses = new ArrayList<>();
    int count = (int) SizeClass.fewestSlots(0) * 2;
    for (int i = 0; i < count; i++) {
      long slot = extents.isEmpty() ? 0 : extents.get(extents.size() - 1).insert(key(i), 0);
      if (slot == 0) {
        extents.add(SlotMap.create(directory, 1, 0, extents.size(), SizeClass.fewestSlots(0)));
        slot = extents.get(extents.size() - 1).insert(key(i), 0);
      }
      assertThat(slot % 64).isZero();
      assertThat(Memory.getInt(slot + SlotDescriptor.LENGTH_OFFSET))
          .isEqualTo(SlotDescriptor.ABSENT);
      byte[] value = ("value " + i).getBytes(StandardCharsets.UTF_8);
      SlotWriter.write(slot, i, value, 0, value.length, 0, 0, 0);
      addresses.add(slot);
    }
    assertThat(extents.size()).isGreaterThan(1);
    for (int i = 0; i < count; i++) {
      assertThat(read(addresses.get(i))).isEqualTo("value " + i);
      assertThat(Memory.getLong(addresses.get(i) + SlotDescriptor.SEQLOCK_OFFSET)).isEqualTo(2);
    }
    SlotMap reader = SlotMap.open(SlotMap.path(directory, 1, 0, 0), 0);
    long other = reader.find(key(0));
    assertThat(read(other)).isEqualTo("value 0");
    SlotWriter.remove(addresses.get(0), 77);
    assertThat(Memory.getInt(other + SlotDescriptor.LENGTH_OFFSET))
        .isEqualTo(SlotDescriptor.ABSENT);
    assertThat(Memory.getLong(other + SlotDescriptor.VERSION_OFFSET)).isEqualTo(77);
    assertThat(reader.find(key(-1))).isZero();
    Reference.reachabilityFence(extents);
    Reference.reachabilityFence(reader);
  }

  @Test
  void shouldHaveEachKeyInFrontOfItsSlotWhateverItsLength() {
    SlotMap map = SlotMap.create(directory, 1, 0, 0, SizeClass.fewestSlots(0));
    SlotMap copies = SlotMap.create(directory, 1, 0, 1, SizeClass.fewestSlots(0));
    for (int length = 0; length <= Limits.MAX_KEY; length++) {
      byte[] key =
          SlotKey.of(1 << length % 31, "x".repeat(length).getBytes(StandardCharsets.UTF_8));
      long slot = map.insert(key, 0);
      assertThat(SlotKey.read(slot, length)).isEqualTo(key);
      assertThat(SlotKey.read(copies.insertCopy(key, slot), length)).isEqualTo(key);
    }
    Reference.reachabilityFence(map);
    Reference.reachabilityFence(copies);
  }

  private static String read(long slot) {
    byte[] bytes = new byte[Memory.getInt(slot + SlotDescriptor.LENGTH_OFFSET)];
    Memory.copyOut(slot + SlotDescriptor.PAYLOAD_OFFSET, bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void shouldSayWhenTheFileIsMissing() {
    Path path = SlotMap.path(directory, 9, 0, 0);
    assertThatThrownBy(() -> SlotMap.open(path, 0))
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining(path.toString());
  }

  @Test
  void shouldFitEachValueIntoTheSmallestClass() {
    for (int sizeClass = 0; sizeClass < SizeClass.COUNT; sizeClass++) {
      assertThat(SizeClass.of(SizeClass.capacity(sizeClass))).isEqualTo(sizeClass);
      if (sizeClass > 0) {
        assertThat(SizeClass.of(SizeClass.capacity(sizeClass - 1) + 1)).isEqualTo(sizeClass);
      }
      assertThat(SizeClass.fewestSlots(sizeClass)).isGreaterThanOrEqualTo(1);
    }
    assertThat(SizeClass.of(Limits.MAX_VALUE)).isEqualTo(SizeClass.COUNT - 1);
  }
}
