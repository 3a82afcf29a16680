package io.zproc.shm.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zproc.shm.internal.layout.Directory;
import io.zproc.shm.internal.os.Files600;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrivateDirectoriesTest {
  private static final int MOST = 1_000_000;

  @Test
  void shouldRemoveADirectoryInWhichClientsOpenSessions() throws Exception {
    Directory directory = new Directory(PrivateDirectories.next());
    Files600.createDirectories(directory.sessions());
    AtomicInteger made = new AtomicInteger();
    CompletableFuture<Void> clients =
        CompletableFuture.runAsync(() -> makeSessionsUntilItIsGone(directory, made));
    await().until(() -> made.get() > 100);

    PrivateDirectories.remove(directory);

    clients.get(20, TimeUnit.SECONDS);
    Path path = directory.path();
    try (Stream<Path> siblings = Files.list(path.getParent())) {
      assertThat(siblings.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith(path.getFileName().toString()));
    }
  }

  private static void makeSessionsUntilItIsGone(Directory directory, AtomicInteger made) {
    try {
      while (made.get() < MOST) {
        Files600.create(directory.session(made.getAndIncrement() % 1000)).close();
      }
    } catch (IOException e) {
      // There is no such directory any more.
    }
  }
}
