package io.zproc.shm.internal.layout;

import io.zproc.AddressException;
import io.zproc.spi.Address;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The files of one server.
 *
 * <pre>
 *   locks              byte 0: held by the server; byte 1 + n: held by the client of session n
 *   control            {@link ControlDescriptor}
 *   sessions/N         {@link SessionDescriptor}
 *   journal/FIRST/     a Chronicle Queue, the commits from revision FIRST on, in order
 *   journal/checkpoint.R  the state at revision R
 *   map.G.C.X          a Chronicle Map: generation G, size class C, extent X
 * </pre>
 */
public record Directory(Path path) {
  public static final long SERVER_LOCK = 0;
  private static final long FIRST_SESSION_LOCK = 1;

  public static Directory of(Address address) {
    try {
      return new Directory(Path.of(address.location()).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      throw new AddressException("'" + address + "' names no directory: " + e.getMessage());
    }
  }

  public static long sessionLock(int index) {
    return FIRST_SESSION_LOCK + index;
  }

  public Path locks() {
    return path.resolve("locks");
  }

  public Path control() {
    return path.resolve("control");
  }

  public Path sessions() {
    return path.resolve("sessions");
  }

  public Path session(int index) {
    return sessions().resolve(Integer.toString(index));
  }

  public Path journal() {
    return path.resolve("journal");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
