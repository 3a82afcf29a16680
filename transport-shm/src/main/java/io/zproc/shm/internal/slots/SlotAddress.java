package io.zproc.shm.internal.slots;

/** Where in this process a map has a slot: what {@link SlotAddressMarshaller} captures. */
public final class SlotAddress {
  /** 0 for none. */
  public long address;

  /** In bytes. */
  public long length;
}
