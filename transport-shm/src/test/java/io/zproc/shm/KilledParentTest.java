package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.shm.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that is killed leaves neither processes nor the directory of its own server. */
class KilledParentTest {
  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  /** Opens a context with a private server, a process and a spare on it, and waits for ever. */
  static Object openAnother(State<String, Object> state) {
    try (Context own = Context.builder().spareProcesses(1).open()) {
      long child = own.process(its -> its.getWhenEqual("never", 1)).pid().getAsLong();
      state.put("address", own.address());
      state.put("pids", List.of(own.server().orElseThrow().pid(), child));
      return state.getWhenEqual("never", 1);
    }
  }

  @Test
  void shouldLeaveNoProcessAndNoDirectoryWhenKilled() {
    try (Context context = SERVER.open()) {
      var parent = context.process(KilledParentTest::openAnother);
      State<String, Object> state = context.state();
      List<?> pids = (List<?>) state.getWhenAvailable("pids").get("pids");
      Path directory = Path.of(((String) state.get("address")).substring("ipc://".length()));
      assertThat(directory).isDirectory();
      List<ProcessHandle> all =
          ProcessHandle.of(parent.pid().getAsLong()).orElseThrow().descendants().toList();
      assertThat(all.stream().<Object>map(ProcessHandle::pid)).containsAll(List.copyOf(pids));
      ProcessHandle.of(parent.pid().getAsLong()).orElseThrow().destroyForcibly();
      await().until(() -> Stream.of(all).flatMap(List::stream).noneMatch(ProcessHandle::isAlive));
      await().until(() -> !Files.exists(directory));
      assertThat(parent.stop()).isEqualTo(-9);
    }
  }

  /** As main methods do that end without closing anything. */
  static Object exiting(Context context) {
    Context own = Context.open();
    context.state().put("address", own.address());
    context
        .state()
        .put("child", own.process(its -> its.getWhenEqual("never", 1)).pid().getAsLong());
    System.exit(0);
    return null;
  }

  @Test
  void shouldCleanUpWhenTheJvmExits() {
    try (Context context = Context.builder().address(SERVER.address()).namespace("exit").open()) {
      var parent = context.processWithContext(KilledParentTest::exiting);
      await().until(() -> !parent.isAlive());
      assertThat(parent.exitCode()).hasValue(0);
      long child = (Long) context.state().get("child");
      Path directory =
          Path.of(((String) context.state().get("address")).substring("ipc://".length()));
      assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(directory).doesNotExist();
    }
  }
}
