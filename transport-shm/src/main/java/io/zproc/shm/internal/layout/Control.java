package io.zproc.shm.internal.layout;

import static io.zproc.shm.internal.layout.ControlDescriptor.BASE_REVISION_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.DIRTY_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.EPOCH_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.EXTENTS_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.GENERATION_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.IDENTITY_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.INSERTS_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.JOURNAL_FIRST_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.LAYOUT_VERSION;
import static io.zproc.shm.internal.layout.ControlDescriptor.LENGTH;
import static io.zproc.shm.internal.layout.ControlDescriptor.MAGIC;
import static io.zproc.shm.internal.layout.ControlDescriptor.MAGIC_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.MAP_TABLE_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.NEXT_SESSION_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.PARKED_WATCHERS_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.PUBLISHED_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.SERVER_PARKED_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.SERVER_PID_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.SERVER_STATE_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.SESSIONS;
import static io.zproc.shm.internal.layout.ControlDescriptor.SESSIONS_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.SESSION_TABLE_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.VERSION_OFFSET;
import static io.zproc.shm.internal.layout.ControlDescriptor.WAKE_UP_WORD_OFFSET;

import io.zproc.LayoutVersionException;
import io.zproc.ServerDownException;
import io.zproc.ZProcException;
import io.zproc.shm.internal.os.MappedFile;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.internal.os.ParkedFlag;
import io.zproc.shm.internal.os.ParkedWatchers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The control file of a directory, as {@link ControlDescriptor} draws it. Thread-safe. */
public final class Control {
  /** Of the number that generations of a new directory begin with. */
  private static final int GENERATION_BITS = 40;

  private final MappedFile file;
  private final long address;
  private final ParkedFlag serverParked;
  private final ParkedWatchers parkedWatchers;
  private final DirtyBits dirty;

  private Control(MappedFile file) {
    this.file = file;
    this.address = file.address();
    this.serverParked = new ParkedFlag(address + SERVER_PARKED_OFFSET);
    this.parkedWatchers =
        new ParkedWatchers(address + WAKE_UP_WORD_OFFSET, address + PARKED_WATCHERS_OFFSET);
    this.dirty = new DirtyBits(address + DIRTY_OFFSET);
  }

  /** Maps the control file for a client. */
  public static Control open(Path path) {
    if (path.toFile().length() == 0) {
      throw noServer(path);
    }
    Control control = new Control(MappedFile.open(path, LENGTH));
    if (Memory.getLongAcquire(control.address + MAGIC_OFFSET) == 0) {
      throw noServer(path);
    }
    control.check();
    return control;
  }

  private static ZProcException noServer(Path path) {
    if (!Files.exists(path) && !Files.notExists(path)) {
      return new ZProcException(
          "can not look into " + path.getParent() + ": only its owner may, is that another user?");
    }
    return new ServerDownException(
        "no server has ever run in " + path.getParent() + ": start one there first");
  }

  /**
   * Maps the control file for the server, which holds the directory's lock. It is empty when a
   * server was killed, or found no room, as it made it.
   */
  public static Control openOrCreate(Path path) {
    if (path.toFile().length() > 0) {
      MappedFile existing = MappedFile.open(path, LENGTH);
      if (Memory.getLong(existing.address() + MAGIC_OFFSET) != 0) {
        Control control = new Control(existing);
        control.check();
        return control;
      }
    }
    Control control = new Control(MappedFile.create(path, LENGTH));
    Memory.putInt(control.address + VERSION_OFFSET, LAYOUT_VERSION);
    Memory.putInt(control.address + SESSIONS_OFFSET, SESSIONS);
    // No map may have the name of one that was in a deleted directory: a JVM that has that one open
    // would get it again.
    long generation = new SecureRandom().nextLong() >>> Long.SIZE - GENERATION_BITS;
    Memory.putLong(control.address + GENERATION_OFFSET, generation);
    Memory.putLongRelease(control.address + MAGIC_OFFSET, MAGIC);
    return control;
  }

  private void check() {
    long magic = Memory.getLongAcquire(address + MAGIC_OFFSET);
    int version = Memory.getInt(address + VERSION_OFFSET);
    if (magic != MAGIC) {
      throw new LayoutVersionException(
          file.path() + " is no control file of ZProc, or was overwritten");
    }
    if (version != LAYOUT_VERSION) {
      throw new LayoutVersionException(
          file.path()
              + " has layout version "
              + ControlDescriptor.versionText(version)
              + ", this library has "
              + ControlDescriptor.versionText(LAYOUT_VERSION)
              + ": use the same version of ZProc in all processes of a directory");
    }
  }

  public Path path() {
    return file.path();
  }

  /** Of the state that the directory has, see {@link io.zproc.spi.Connection#identity}. */
  public long identity() {
    return Memory.getLongAcquire(address + IDENTITY_OFFSET);
  }

  /** Server: to come before it is ready. */
  public void identity(long value) {
    Memory.putLongVolatile(address + IDENTITY_OFFSET, value);
  }

  public long serverPid() {
    return Memory.getLongVolatile(address + SERVER_PID_OFFSET);
  }

  /** Counts the servers that have started in this directory. */
  public long epoch() {
    return Memory.getLongAcquire(address + EPOCH_OFFSET);
  }

  public int serverState() {
    return Memory.getIntVolatile(address + SERVER_STATE_OFFSET);
  }

  public void serverState(int state) {
    Memory.putIntVolatile(address + SERVER_STATE_OFFSET, state);
  }

  /** Server: begins an epoch, in which no session is attached yet. */
  public void beginEpoch(long pid) {
    serverState(ControlDescriptor.STARTING);
    Memory.putLong(address + SERVER_PID_OFFSET, pid);
    serverParked.lower();
    Memory.putLongVolatile(address + EPOCH_OFFSET, epoch() + 1);
  }

  public long generation() {
    return Memory.getLongAcquire(address + GENERATION_OFFSET);
  }

  /** What has no slot in the generation is absent since that revision, if not for longer. */
  public long baseRevision() {
    return Memory.getLongAcquire(address + BASE_REVISION_OFFSET);
  }

  /** Server: makes readers forget their addresses; to come before maps are taken away. */
  public long nextGeneration() {
    long next = generation() + 1;
    Memory.putLongVolatile(address + GENERATION_OFFSET, next);
    return next;
  }

  /** Server: to come before it is ready, and before a removed key loses its slot. */
  public void baseRevision(long revision) {
    Memory.putLongVolatile(address + BASE_REVISION_OFFSET, revision);
  }

  /** The first revision that the journal holds; what is read of older ones is void. */
  public long journalFirst() {
    return Memory.getLongAcquire(address + JOURNAL_FIRST_OFFSET);
  }

  /** Server: to come before older ones are taken away. */
  public void journalFirst(long revision) {
    Memory.putLongVolatile(address + JOURNAL_FIRST_OFFSET, revision);
  }

  /** How many places for maps the size class has in use, or had. */
  public int extents(int sizeClass) {
    return Memory.getIntVolatile(address + EXTENTS_OFFSET + (long) sizeClass * Integer.BYTES);
  }

  public void extents(int sizeClass, int count) {
    Memory.putIntVolatile(address + EXTENTS_OFFSET + (long) sizeClass * Integer.BYTES, count);
  }

  /** The number of the map at a place, −1 for none. */
  public int extentAt(int sizeClass, int place) {
    return Memory.getIntVolatile(placeAddress(sizeClass, place)) - 1;
  }

  /** Server: to come when the map is complete, or −1 before it is taken away. */
  public void extentAt(int sizeClass, int place, int number) {
    Memory.putIntVolatile(placeAddress(sizeClass, place), number + 1);
  }

  private long placeAddress(int sizeClass, int place) {
    return address
        + MAP_TABLE_OFFSET
        + ((long) sizeClass * ControlDescriptor.MAP_PLACES + place) * Integer.BYTES;
  }

  /** The newest revision that readers may see. */
  public long published() {
    return Memory.getLongAcquire(address + PUBLISHED_OFFSET);
  }

  /** Server: the store that publishes a commit. */
  public void publish(long revision) {
    Memory.putLongRelease(address + PUBLISHED_OFFSET, revision);
  }

  /** Counts the slots given to keys: what was not found is not there while it stands. */
  public long inserts() {
    return Memory.getLongAcquire(address + INSERTS_OFFSET);
  }

  public void inserts(long count) {
    Memory.putLongVolatile(address + INSERTS_OFFSET, count);
  }

  /** The last number given to a session. */
  public long lastSessionNumber() {
    return Memory.getLongVolatile(address + NEXT_SESSION_OFFSET);
  }

  public long nextSessionNumber() {
    return Memory.getAndAddLong(address + NEXT_SESSION_OFFSET, 1) + 1;
  }

  /** Server: numbers up to this one were given before. */
  public void raiseSessionNumber(long atLeast) {
    if (lastSessionNumber() < atLeast) {
      Memory.putLongVolatile(address + NEXT_SESSION_OFFSET, atLeast);
    }
  }

  public ParkedFlag serverParked() {
    return serverParked;
  }

  public ParkedWatchers parkedWatchers() {
    return parkedWatchers;
  }

  public DirtyBits dirty() {
    return dirty;
  }

  /** Address of a session's entry, see {@link SessionEntryDescriptor}. */
  public long sessionAddress(int index) {
    return address + SESSION_TABLE_OFFSET + (long) index * SessionEntryDescriptor.LENGTH;
  }
}
