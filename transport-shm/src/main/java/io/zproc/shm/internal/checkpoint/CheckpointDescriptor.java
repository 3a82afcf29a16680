package io.zproc.shm.internal.checkpoint;

/**
 * A checkpoint: the whole state at a revision. It reads like a journal of which only those changes
 * are left that nobody has overwritten. Numbers are big-endian.
 *
 * <pre>
 *    0  magic (8) | layout version (4) | CRC-32C of everything behind the header (4)
 *   16  revision (8) | entries (8) | offset of the index (8) | offset of the sessions (8)
 *   48  length of the file (8) | bytes of the journal's segment that ends with the revision (8)
 *   64  entries: revision that wrote it (8) | length (4) | a change, as in
 *       {@link io.zproc.internal.protocol.Event}; namespaces come first
 *       index: for each entry revision (8) | offset (8), ascending
 *       sessions: what {@code SessionsImage} writes
 * </pre>
 */
final class CheckpointDescriptor {
  /** "ZPROCKPT". */
  static final long MAGIC = 0x5A50_524F_434B_5054L;

  static final int VERSION = 2;

  static final int MAGIC_OFFSET = 0;
  static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
  static final int CRC_OFFSET = VERSION_OFFSET + Integer.BYTES;
  static final int REVISION_OFFSET = CRC_OFFSET + Integer.BYTES;
  static final int ENTRIES_OFFSET = REVISION_OFFSET + Long.BYTES;
  static final int INDEX_OFFSET = ENTRIES_OFFSET + Long.BYTES;
  static final int SESSIONS_OFFSET = INDEX_OFFSET + Long.BYTES;
  static final int LENGTH_OFFSET = SESSIONS_OFFSET + Long.BYTES;
  static final int SEGMENT_BYTES_OFFSET = LENGTH_OFFSET + Long.BYTES;
  static final int HEADER_LENGTH = SEGMENT_BYTES_OFFSET + Long.BYTES;

  static final int ENTRY_HEADER_LENGTH = Long.BYTES + Integer.BYTES;
  static final int INDEX_ENTRY_LENGTH = 2 * Long.BYTES;

  private CheckpointDescriptor() {}
}
