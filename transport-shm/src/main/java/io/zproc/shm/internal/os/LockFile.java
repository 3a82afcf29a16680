package io.zproc.shm.internal.os;

import io.zproc.ZProcException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * A file whose bytes are locks: who holds one is alive, since the operating system releases it
 * whatever way its process ends.
 *
 * <p>Such locks belong to a process, and closing any descriptor of the file drops all that the
 * process holds on it. So there is one channel for each file in a JVM, counted by its users; the
 * server and clients of one JVM share it. A file that was deleted and made anew is another one,
 * with locks of its own. Thread-safe.
 */
public final class LockFile implements AutoCloseable {
  /** By what the file system knows them by, or else by path. */
  private static final Map<Object, LockFile> OPEN = new HashMap<>();

  private final Object key;
  private final Path path;
  private final FileChannel channel;
  private final Map<Long, FileLock> held = new HashMap<>();
  private int users;

  private LockFile(Object key, Path path, FileChannel channel) {
    this.key = key;
    this.path = path;
    this.channel = channel;
  }

  /** Opens the file, creating it if it is not there. Each open is matched by a close. */
  public static LockFile open(Path file) {
    synchronized (OPEN) {
      try {
        Path path = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        LockFile lockFile = Files.exists(path) ? OPEN.get(key(path)) : null;
        if (lockFile == null) {
          FileChannel channel =
              FileChannel.open(path, Files600.OPEN_OR_CREATE, Files600.ownerOnly());
          lockFile = new LockFile(key(path), path, channel);
          OPEN.put(lockFile.key, lockFile);
        }
        lockFile.users++;
        return lockFile;
      } catch (IOException e) {
        throw new ZProcException("can not open the lock file " + file + ": " + e, e);
      }
    }
  }

  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path : key;
  }

  /** Takes a lock unless it is held, by this process or another. */
  public synchronized boolean tryLock(long index) {
    if (held.containsKey(index)) {
      return false;
    }
    try {
      FileLock lock = channel.tryLock(index, 1, false);
      if (lock != null) {
        held.put(index, lock);
      }
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new ZProcException("can not lock byte " + index + " of " + path + ": " + e, e);
    }
  }

  public synchronized void unlock(long index) {
    FileLock lock = held.remove(index);
    if (lock != null) {
      try {
        lock.release();
      } catch (ClosedChannelException e) {
        // It went with the channel.
      } catch (IOException e) {
        throw new ZProcException("can not unlock byte " + index + " of " + path + ": " + e, e);
      }
    }
  }

  /** Whether a living process, this one included, holds the lock. */
  public synchronized boolean isHeld(long index) {
    if (held.containsKey(index)) {
      return true;
    }
    // Shared, so that two who ask at the same time do not take each other for the holder.
    try (FileLock probe = channel.tryLock(index, 1, true)) {
      return probe == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      throw new ZProcException("can not probe byte " + index + " of " + path + ": " + e, e);
    }
  }

  /** Whether a living process holds one of the locks below {@code end}. */
  public synchronized boolean isAnyHeld(long end) {
    try (FileLock probe = channel.tryLock(0, end, true)) {
      return probe == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      throw new ZProcException("can not probe " + path + ": " + e, e);
    }
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      if (--users == 0) {
        OPEN.remove(key);
        try {
          channel.close();
        } catch (IOException e) {
          throw new ZProcException("can not close the lock file " + path + ": " + e, e);
        }
      }
    }
  }
}
