package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.internal.process.ProcessRecord;
import io.zproc.internal.process.ProcessTable;
import io.zproc.shm.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  /** Starts a process, and waits for ever. */
  static Object parent(Context context) {
    context.process(state -> state.getWhenEqual("never", 1));
    context.state().put("ready", true);
    return context.state().getWhenEqual("never", 1);
  }

  @Test
  void shouldLeaveItsRecordsToTheNextContextWhenKilled() {
    try (Context context = Context.builder().address(SERVER.address()).namespace("lost").open()) {
      var parent = context.processWithContext(KilledParentTest::parent);
      context.state().getWhenAvailable("ready");
      ProcessHandle.of(parent.pid().getAsLong()).orElseThrow().destroyForcibly();
      await().until(() -> !parent.isAlive());
      ProcessTable table = new ProcessTable(context);
      assertThat(table.all().values()).filteredOn(ProcessRecord::isLost).hasSize(1);
      try (Context next = SERVER.open()) {
        next.processes();
        await().until(() -> table.all().values().stream().noneMatch(ProcessRecord::isLost));
        assertThat(table.all()).containsOnlyKeys(parent.id());
      }
    }
  }

  /** Kills its own server and exits. */
  static Object exitingWithoutServer(Context context) {
    Context own = Context.builder().spareProcesses(1).open();
    own.process(state -> state.getWhenEqual("never", 1));
    own.processMap((Integer n) -> n, List.of(1)).next();
    ProcessHandle server = ProcessHandle.of(own.server().orElseThrow().pid()).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();
    context.state().put("exiting", System.nanoTime());
    System.exit(0);
    return null;
  }

  /** Each command would wait five seconds for the server to come back, 25 all together. */
  @Test
  void shouldEndSoonWhenItsServerIsDead() {
    try (Context context = Context.builder().address(SERVER.address()).namespace("dead").open()) {
      var parent = context.processWithContext(KilledParentTest::exitingWithoutServer);
      long exiting = (Long) context.state().getWhenAvailable("exiting").get("exiting");
      await().until(() -> !parent.isAlive());
      Duration took = Duration.ofNanos(System.nanoTime() - exiting);
      System.out.println("KilledParentTest: ended " + took.toMillis() + " ms after its server");
      assertThat(parent.exitCode()).hasValue(0);
      assertThat(took).isLessThan(Duration.ofSeconds(12));
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
