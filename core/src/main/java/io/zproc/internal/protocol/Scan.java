package io.zproc.internal.protocol;

/**
 * The reading of a namespace in slices, between which the server serves others.
 *
 * <pre>
 *   request   type SCAN (1) | namespace (4) | epoch (8) | cursor (4) | bytes wanted (4)
 *   reply     epoch (8) | next cursor (4, −1 at the end) | revision (8) | number of entries (4)
 *             each entry: version (8) | key | value
 * </pre>
 *
 * A scan begins with epoch and cursor 0. A slice that answers with another epoch than it was asked
 * for means that the server has moved its entries: begin again. The entries of one slice are those
 * at its revision; those of a whole scan are brought to the revision of the last slice by applying
 * the events since the first slice's.
 */
public final class Scan {
  public static final int END = -1;

  private Scan() {}
}
