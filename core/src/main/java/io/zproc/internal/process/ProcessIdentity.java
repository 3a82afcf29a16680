package io.zproc.internal.process;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process, told from others that had or will have its pid.
 *
 * @param host where pids like this one mean something
 * @param startMs when it was started, in milliseconds since 1970, 0 if unknown
 */
public record ProcessIdentity(String host, long pid, long startMs) {
  private static final ProcessIdentity HERE =
      new ProcessIdentity(
          thisHost(), ProcessHandle.current().pid(), start(ProcessHandle.current()));

  public static ProcessIdentity here() {
    return HERE;
  }

  /** Whether it is known to have ended; of a process on another host that is not known. */
  public boolean hasEnded() {
    return host.equals(HERE.host)
        && ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> start(process) == startMs)
            .filter(process -> !isZombie(process.pid()))
            .isEmpty();
  }

  /** A process that is killed stays one until its parent asks for its exit code. */
  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      int name = stat.lastIndexOf(')');
      return stat.startsWith("Z", name + 2) || stat.startsWith("X", name + 2);
    } catch (IOException e) {
      return false;
    }
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** On Linux a boot and a namespace of pids, so that containers count as hosts. */
  private static String thisHost() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException e) {
      return hostName();
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
