package io.zproc.shm.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.internal.jvm.JavaCommand;
import io.zproc.testing.TestDirectories;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LockFileTest {
  private final Path directory = TestDirectories.create();
  private final Path path = directory.resolve("locks");

  @AfterEach
  void delete() {
    TestDirectories.delete(directory);
  }

  /** Another process, which holds a lock until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      LockFile locks = LockFile.open(Path.of(arguments[0]));
      System.out.println(locks.tryLock(Long.parseLong(arguments[1])));
      System.in.read();
    }
  }

  private Process hold(long index) throws Exception {
    Process process =
        JavaCommand.of(Holder.class.getName())
            .arguments(path.toString(), Long.toString(index))
            .toProcessBuilder()
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(new BufferedReader(new InputStreamReader(process.getInputStream())).readLine())
        .isEqualTo("true");
    return process;
  }

  @Test
  void shouldHoldOnceWhenSeveralUsersShareTheFile() throws Exception {
    try (LockFile one = LockFile.open(path);
        LockFile two = LockFile.open(path)) {
      assertThat(one.tryLock(3)).isTrue();
      assertThat(two.tryLock(3)).isFalse();
      assertThat(two.isHeld(3)).isTrue();
      assertThat(two.isHeld(4)).isFalse();
      assertThat(one.isAnyHeld(4)).isTrue();
      assertThat(one.isAnyHeld(3)).isFalse();
      two.unlock(3);
      assertThat(one.isHeld(3)).isFalse();
      assertThat(Files.getPosixFilePermissions(path)).hasSize(2);
    }
  }

  @Test
  void shouldKeepTheLockWhenAnotherUserCloses() throws Exception {
    try (LockFile one = LockFile.open(path)) {
      LockFile two = LockFile.open(path);
      one.tryLock(0);
      two.close();
      assertThat(one.isHeld(0)).isTrue();
      Process other = hold(1);
      other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldReleaseWhenTheHolderIsKilled() throws Exception {
    try (LockFile locks = LockFile.open(path)) {
      Process holder = hold(5);
      assertThat(locks.isHeld(5)).isTrue();
      assertThat(locks.tryLock(5)).isFalse();
      assertThat(locks.isAnyHeld(100)).isTrue();
      holder.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      assertThat(locks.isHeld(5)).isFalse();
      assertThat(locks.tryLock(5)).isTrue();
    }
  }
}
