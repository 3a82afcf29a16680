package io.zproc.shm.internal.layout;

/**
 * The control file: what all processes of a directory know of each other. Numbers are in the byte
 * order of the machine; each group has cache lines of its own.
 *
 * <pre>
 *      0  magic (8) | layout version (4) | sessions (4)                written once
 *     16  identity of the state (8)                                    by a starting server
 *     64  server pid (8) | epoch (8) | server state (4)                 by a starting server
 *    128  generation (8) | base revision (8) | extents[8] (4 each)      by the server
 *    176  first revision of the journal (8)                             by the server
 *    192  published revision (8)                                        by the server, each commit
 *    256  wake-up word (4)                                              by the server, each wake-up
 *    320  parked watchers (4, a mask)                                   by watchers and the server
 *    384  server parked (4)                                             by the server and clients
 *    448  inserts (8)                                                   by the server, each new key
 *    512  next session number (8)                                       by clients
 *   1024  dirty sessions (1 bit each)                                   by clients and the server
 *   2048  session table: {@link SessionEntryDescriptor} each
 *  67584  maps: for each size class the number of the map at each place, plus 1 (4 each);
 *         0 for an empty place                                        by the server, each map
 * </pre>
 */
public final class ControlDescriptor {
  /** "ZPROCSHM" as bytes in memory. */
  public static final long MAGIC = 0x4D48_5343_4F52_505AL;

  /** Major in the upper 16 bits, minor in the lower. Another one is refused. */
  public static final int LAYOUT_VERSION = 5 << 16;

  public static final int SESSIONS = 1024;
  public static final int SIZE_CLASSES = 8;
  private static final int LINE = 64;

  public static final int MAGIC_OFFSET = 0;
  public static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
  public static final int SESSIONS_OFFSET = VERSION_OFFSET + Integer.BYTES;

  public static final int IDENTITY_OFFSET = SESSIONS_OFFSET + Integer.BYTES;

  public static final int SERVER_PID_OFFSET = LINE;
  public static final int EPOCH_OFFSET = SERVER_PID_OFFSET + Long.BYTES;
  public static final int SERVER_STATE_OFFSET = EPOCH_OFFSET + Long.BYTES;

  public static final int GENERATION_OFFSET = SERVER_PID_OFFSET + LINE;
  public static final int BASE_REVISION_OFFSET = GENERATION_OFFSET + Long.BYTES;
  public static final int EXTENTS_OFFSET = BASE_REVISION_OFFSET + Long.BYTES;

  public static final int JOURNAL_FIRST_OFFSET = EXTENTS_OFFSET + SIZE_CLASSES * Integer.BYTES;

  public static final int PUBLISHED_OFFSET = GENERATION_OFFSET + LINE;
  public static final int WAKE_UP_WORD_OFFSET = PUBLISHED_OFFSET + LINE;
  public static final int PARKED_WATCHERS_OFFSET = WAKE_UP_WORD_OFFSET + LINE;
  public static final int SERVER_PARKED_OFFSET = PARKED_WATCHERS_OFFSET + LINE;
  public static final int INSERTS_OFFSET = SERVER_PARKED_OFFSET + LINE;
  public static final int NEXT_SESSION_OFFSET = INSERTS_OFFSET + LINE;

  public static final int DIRTY_OFFSET = 16 * LINE;
  public static final int SESSION_TABLE_OFFSET = 2 * DIRTY_OFFSET;
  public static final int MAP_TABLE_OFFSET =
      SESSION_TABLE_OFFSET + SESSIONS * SessionEntryDescriptor.LENGTH;

  /** How many maps a size class may have at a time. */
  public static final int MAP_PLACES = 1024;

  public static final int LENGTH = MAP_TABLE_OFFSET + SIZE_CLASSES * MAP_PLACES * Integer.BYTES;

  /** Values of the server state. */
  public static final int STARTING = 0;

  public static final int READY = 1;
  public static final int STOPPED = 2;

  private ControlDescriptor() {}

  public static String versionText(int version) {
    return (version >>> 16) + "." + (version & 0xffff);
  }
}
