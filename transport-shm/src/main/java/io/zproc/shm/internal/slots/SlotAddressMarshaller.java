package io.zproc.shm.internal.slots;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;
import net.openhft.chronicle.wire.Marshallable;

/**
 * Reads the address of a value in place of the value. Its class name is stored in each map file, so
 * it must not be renamed without a new layout version.
 */
public final class SlotAddressMarshaller
    implements SizedReader<SlotAddress>, SizedWriter<SlotAddress>, Marshallable {

  @Override
  @SuppressWarnings("rawtypes")
  public SlotAddress read(Bytes in, long size, SlotAddress using) {
    SlotAddress result = using == null ? new SlotAddress() : using;
    result.address = in.addressForRead(in.readPosition());
    result.length = size;
    return result;
  }

  @Override
  public long size(SlotAddress slot) {
    return slot.length;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void write(Bytes out, long size, SlotAddress slot) {
    OS.memory().copyMemory(slot.address, out.addressForWrite(out.writePosition()), size);
    out.writeSkip(size);
  }
}
