package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.zproc.AddressException;
import io.zproc.CapacityException;
import io.zproc.Context;
import io.zproc.LayoutVersionException;
import io.zproc.ServerBackend;
import io.zproc.ServerDownException;
import io.zproc.ServerOptions;
import io.zproc.SessionLostException;
import io.zproc.State;
import io.zproc.ValueTooLongException;
import io.zproc.ZProc;
import io.zproc.ZProcException;
import io.zproc.codec.UnsupportedValueException;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.RingDescriptor;
import io.zproc.shm.internal.layout.SessionDescriptor;
import io.zproc.shm.testing.SessionFiles;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.Wire;
import io.zproc.testing.TestDirectories;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is told in one sentence to the one who is wrong; the server goes on. */
@Timeout(60)
class BadInputTest {
  private static final int MIB = 1 << 20;
  private static final ServerOptions THREAD =
      ServerOptions.defaults().backend(ServerBackend.THREAD);

  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  private Context context;
  private State<String, Object> state;

  @BeforeEach
  void open() {
    context = SERVER.open(Duration.ofSeconds(10));
    state = context.state("bad");
    state.set(Map.of("kept", 1));
  }

  @AfterEach
  void shouldStillServe() {
    context.close();
    try (Context another = SERVER.open()) {
      assertThat(another.state("bad").get("kept")).isEqualTo(1);
      another.state("bad").put("alive", 1);
      assertThat(SERVER.isAlive()).isTrue();
    }
  }

  @Test
  void shouldRefuseWhenValueIsTooLong() {
    long revision = state.revision();
    assertThatThrownBy(() -> state.put("long", new byte[17 * MIB]))
        .isInstanceOf(ValueTooLongException.class)
        .hasMessageContaining("values may have at most");
    assertThatThrownBy(() -> state.put("k".repeat(2000), 1))
        .isInstanceOf(ValueTooLongException.class)
        .hasMessageContaining("1024");
    assertThat(state.revision()).isEqualTo(revision);
  }

  @Test
  void shouldServeWhenTheTimeoutIsTheLongestDuration() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    try (Context patient = SERVER.open(longest)) {
      assertThat(patient.state("bad").get("kept")).isEqualTo(1);
      assertThat(ZProc.ping(SERVER.address(), longest)).isEqualTo(SERVER.pid());
    }
  }

  @Test
  void shouldNameTheClassWhenItHasNoCodec() {
    assertThatThrownBy(() -> state.put("thread", new Random()))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("java.util.Random");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "ipc://", "://x", "carrier-pigeon://x"})
  void shouldRefuseWhenAddressIsMalformed(String address) {
    assertThatThrownBy(() -> Context.open(address))
        .isInstanceOf(AddressException.class)
        .hasMessageContaining("ipc")
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldSayWhenDirectoryHasNoServer() {
    assertThatThrownBy(() -> Context.open("ipc:///nowhere/at/all"))
        .isInstanceOf(ServerDownException.class)
        .hasMessageContaining("/nowhere/at/all")
        .hasMessageContaining("start one there first");
    assertThatThrownBy(() -> ZProc.ping("ipc:///nowhere/at/all", Duration.ofSeconds(1)))
        .isInstanceOf(ServerDownException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROCESS", "THREAD"})
  void shouldRefuseWhenAnotherServerHasTheDirectory(String backend) {
    ServerOptions options = ServerOptions.defaults().backend(ServerBackend.valueOf(backend));
    assertThatThrownBy(() -> ZProc.startServer(SERVER.address(), options))
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining("pid " + SERVER.pid())
        .hasMessageContaining("already serves " + SERVER.directory());
  }

  @Test
  void shouldSayWhenDirectoryCanNotBeMade() {
    assertThatThrownBy(() -> ZProc.startServer("ipc:///proc/zproc", THREAD))
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining("/proc/zproc");
  }

  @Test
  void shouldNameBothVersionsWhenLayoutIsOfAnother() throws IOException {
    try (TestServer server = TestServer.start(THREAD)) {
      server.stop();
      Path control = server.directory().resolve("control");
      patch(control, ControlDescriptor.VERSION_OFFSET, ints(7 << 16 | 3));
      String versions =
          "(?s).*7\\.3.*" + ControlDescriptor.versionText(ControlDescriptor.LAYOUT_VERSION) + ".*";
      assertThatThrownBy(server::restart)
          .isInstanceOf(LayoutVersionException.class)
          .hasMessageMatching(versions);
      assertThatThrownBy(server::open)
          .isInstanceOf(LayoutVersionException.class)
          .hasMessageMatching(versions);
      patch(control, ControlDescriptor.MAGIC_OFFSET, ints(1, 2));
      assertThatThrownBy(server::open)
          .isInstanceOf(LayoutVersionException.class)
          .hasMessageContaining("no control file of ZProc");
      try (RandomAccessFile file = new RandomAccessFile(control.toFile(), "rw")) {
        file.setLength(100);
      }
      assertThatThrownBy(server::open)
          .isInstanceOf(ZProcException.class)
          .hasMessageContaining("truncated");
    }
  }

  @Test
  void shouldDropTheSessionWhenItsFileIsOverwritten() throws IOException {
    long seed = ThreadLocalRandom.current().nextInt(1_000_000);
    System.out.println("garbage: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10; i++) {
      byte[] garbage = new byte[SessionDescriptor.LENGTH];
      random.nextBytes(garbage);
      breakSession(0, garbage);
    }
  }

  @Test
  void shouldDropTheSessionWhenItsRequestRingIsGarbage() throws IOException {
    long seed = ThreadLocalRandom.current().nextInt(1_000_000);
    System.out.println("ring garbage: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10; i++) {
      byte[] garbage = new byte[SessionDescriptor.RING_CAPACITY];
      random.nextBytes(garbage);
      breakSession(SessionDescriptor.REQUEST_RING_OFFSET + 128, garbage);
    }
  }

  /**
   * Overwrites the file of a client's session while it is idle; its next commands must end soon.
   */
  private void breakSession(int offset, byte[] garbage) throws IOException {
    try (Context victim = SERVER.open(Duration.ofSeconds(2))) {
      SessionFiles before = SessionFiles.of(SERVER);
      victim.state("victim").put("a", 1);
      Path file = before.findNew();
      patch(file, offset, garbage);
      Throwable thrown = catchThrowable(() -> putSome(victim));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(ZProcException.class);
        assertThat(thrown.getMessage()).doesNotContain("\n").isNotBlank();
      }
      // With a new session it goes on.
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptionsInstanceOf(ZProcException.class)
          .until(() -> victim.state("victim").put("b", 2) == null || true);
    }
  }

  private static void putSome(Context victim) {
    for (int i = 0; i < 5; i++) {
      victim.state("victim").put("a", i);
    }
  }

  @Test
  void shouldSayWhyWhenTheServerDropsTheSession() throws IOException {
    SessionFiles before = SessionFiles.of(SERVER);
    try (Wire wire = Wire.connect(SERVER)) {
      wire.statistics();
      Path file = before.findNew();
      byte[] garbage = new byte[SessionDescriptor.RING_CAPACITY];
      Arrays.fill(garbage, (byte) 0x5a);
      patch(file, SessionDescriptor.REQUEST_RING_OFFSET + RingDescriptor.HEADER_LENGTH, garbage);
      makeServerLookAt(Integer.parseInt(file.getFileName().toString()));
      state.put("a", 1);
      assertThatThrownBy(wire::statistics)
          .isInstanceOf(SessionLostException.class)
          .hasMessageContaining("dropped this client's session")
          .hasMessageContaining("no message");
      assertThat(Integer.parseInt(wire.statistics().get("dropped_sessions"))).isPositive();
    }
  }

  private static void makeServerLookAt(int session) {
    Control control = Control.open(SERVER.directory().resolve("control"));
    control.dirty().mark(session);
    Reference.reachabilityFence(control);
  }

  private static void patch(Path file, int offset, byte[] bytes) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(offset);
      access.write(bytes);
    }
  }

  private static byte[] ints(int... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.nativeOrder());
    Arrays.stream(values).forEach(buffer::putInt);
    return buffer.array();
  }

  @Test
  void shouldKeepWhatIsThereWhenTheStateIsFull() {
    try (TestServer server = TestServer.start(THREAD.maxStateBytes(8 * MIB));
        Context small = server.open()) {
      State<String, Object> full = small.state("full");
      int kept = fill(full, new byte[1000], "maxStateBytes");
      assertThat(kept).isGreaterThan(1000);
      assertThat(full.put("k0", new byte[500])).isEqualTo(new byte[1000]);
      assertThat(full).hasSize(kept);
      assertThat(full.copy()).hasSize(kept);
    }
  }

  @Test
  void shouldFindTheKeyWhenItWasFirstRefusedForItsValue() {
    try (TestServer server = TestServer.start(THREAD.maxStateBytes(8 * MIB));
        Context small = server.open()) {
      State<String, Object> full = small.state("full");
      assertThatThrownBy(() -> full.put("key", new byte[15 * MIB]))
          .isInstanceOf(CapacityException.class)
          .hasMessageContaining("maxStateBytes");
      assertThat(full.get("key")).isNull();
      for (int i = 0; i < 9000; i++) {
        full.putLong("filler" + i, i);
      }
      full.put("key", "short");
      assertThat(full.get("key")).isEqualTo("short");
      assertThat(full.copy()).containsEntry("key", "short");
    }
  }

  @Test
  void shouldKeepWhatIsThereWhenTheJournalIsFull() {
    try (TestServer server = TestServer.start(THREAD.maxJournalBytes(4 * MIB));
        Context small = server.open()) {
      State<String, Object> full = small.state("full");
      int kept = fill(full, new byte[1000], "maxJournalBytes");
      assertThat(kept).isGreaterThan(1000);
      assertThat(full.copy()).hasSize(kept);
      server.stop();
      server.restart();
      assertThat(full.copy()).hasSize(kept);
      assertThatThrownBy(() -> full.put("one more", new byte[1000]))
          .isInstanceOf(CapacityException.class);
    }
  }

  private static int fill(State<String, Object> full, byte[] value, String option) {
    for (int i = 0; i < 1_000_000; i++) {
      String key = "k" + i;
      Throwable refused = catchThrowable(() -> full.put(key, value));
      if (refused != null) {
        assertThat(refused).isInstanceOf(CapacityException.class).hasMessageContaining(option);
        assertThat(full.containsKey(key)).isFalse();
        return i;
      }
    }
    throw new AssertionError("never full");
  }

  @ParameterizedTest
  @ValueSource(ints = {3000, 40})
  void shouldKeepWhatIsThereWhenTheFileSystemIsFull(int length) throws Exception {
    Path mount = TestDirectories.create();
    try {
      Assumptions.assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=24m", "zproc-test", mount.toString()) == 0,
          "a small file system can not be mounted here, which needs to be root");
      try (TestServer server = TestServer.start(ServerOptions.defaults(), mount.resolve("server"));
          Context small = server.open()) {
        State<String, Object> full = small.state("full");
        int kept = fill(full, new byte[length], "file system");
        assertThat(mount.toFile().getUsableSpace()).isLessThan(4L * MIB);
        assertThat(server.isAlive()).isTrue();
        assertThat(full.copy()).hasSize(kept);
        for (int i = 0; i < kept; i++) {
          assertThat(full.get("k" + i)).isEqualTo(new byte[length]);
        }
        server.kill();
        server.restart();
        assertThat(full.copy()).hasSize(kept);
      } finally {
        // Lazily: what the closed client had mapped goes with the garbage collector.
        run("umount", "-l", mount.toString());
      }
    } finally {
      TestDirectories.delete(mount);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8 << 10, 100 << 10})
  void shouldGoOnWhenTheFileSystemHadNoRoomForAMap(long room) throws Exception {
    Path mount = TestDirectories.create();
    try {
      Assumptions.assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=40m", "zproc-test", mount.toString()) == 0,
          "a small file system can not be mounted here, which needs to be root");
      Path filler = mount.resolve("filler");
      try (TestServer server = TestServer.start(ServerOptions.defaults(), mount.resolve("server"));
          Context small = server.open()) {
        State<String, Object> full = small.state("full");
        full.put("k", 1);
        long length = mount.toFile().getUsableSpace() - room;
        assertThat(run("fallocate", "-l", Long.toString(length), filler.toString())).isZero();
        int kept = fill(full, new byte[300], "");
        assertThat(server.isAlive()).isTrue();
        Files.delete(filler);
        full.put("one more", new byte[300]);
        assertThat(full.copy()).hasSize(kept + 2);
      } finally {
        run("umount", "-l", mount.toString());
      }
    } finally {
      TestDirectories.delete(mount);
    }
  }

  private static int run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
