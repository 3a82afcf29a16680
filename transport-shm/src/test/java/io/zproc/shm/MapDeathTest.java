package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.MapOptions;
import io.zproc.MapResults;
import io.zproc.MapTask;
import io.zproc.ProcessOptions;
import io.zproc.RemoteException;
import io.zproc.ServerBackend;
import io.zproc.ZProcException;
import io.zproc.shm.testing.TestServer;
import io.zproc.shm.testing.WorkerKiller;
import io.zproc.shm.testing.WorkerProcess;
import io.zproc.testing.ShortLived;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Maps whose workers, pullers and owners are killed. */
@Timeout(120)
class MapDeathTest {
  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  private static final MapOptions TWO = MapOptions.defaults().count(2);

  private Context context;

  @BeforeEach
  void open() {
    context =
        Context.builder().address(SERVER.address()).processDefaults(ShortLived.PROCESSES).open();
  }

  @AfterEach
  void close() {
    context.close();
    try (Context last = SERVER.open()) {
      assertThat(left(last)).isEmpty();
    }
  }

  private static List<String> left(Context from) {
    return Stream.of("zproc.map", "zproc.map.bells")
        .flatMap(name -> from.state(name, String.class, byte[].class).keySet().stream())
        .toList();
  }

  private static Integer slowly(int n) {
    LockSupport.parkNanos(200_000);
    return 3 * n;
  }

  @Test
  void shouldBeCompleteWhenWorkersAreKilledAtRandom() {
    long seed = System.nanoTime();
    System.out.println("MapDeathTest seed " + seed);
    Random random = new Random(seed);
    List<Integer> items = IntStream.range(0, 10_000).boxed().toList();
    MapResults<Integer> results = context.processMap(MapDeathTest::slowly, items, TWO);
    List<Integer> given = new ArrayList<>();
    int kills = 0;
    for (int next = random.nextInt(1500); results.hasNext(); given.add(results.next())) {
      if (given.size() == next) {
        kills += killOne(random) ? 1 : 0;
        next += 1 + random.nextInt(1500);
      }
    }
    assertThat(given).isEqualTo(items.stream().map(n -> 3 * n).toList());
    assertThat(kills).isPositive();
  }

  private boolean killOne(Random random) {
    List<ManagedProcess<?>> workers = context.workers();
    return !workers.isEmpty()
        && workers.get(random.nextInt(workers.size())).pid().stream()
            .mapToObj(ProcessHandle::of)
            .anyMatch(process -> process.isPresent() && process.get().destroyForcibly());
  }

  /** As if they could not be kept alive: none comes so far as to claim anything. */
  @Test
  void shouldFailNothingWhenWorkersAreKilledBeforeTheyWork() {
    WorkerKiller killer = new WorkerKiller(context, new Random(1));
    MapResults<Integer> results = context.processMap(MapDeathTest::slowly, List.of(5), TWO);
    while (killer.kills() < 25) {
      killer.killYoung(0);
    }
    assertThat(results.next()).isEqualTo(15);
  }

  /** A worker's death may be noticed at any moment of the next map's beginning. */
  @Test
  void shouldReplaceAWorkerThatDiedBeforeTheNextMapBegan() {
    Random random = new Random();
    MapOptions one = MapOptions.defaults().count(1);
    for (int i = 0; i < 6; i++) {
      assertThat(context.processMap(MapDeathTest::slowly, List.of(i), one).next()).isEqualTo(3 * i);
      killOne(random);
      LockSupport.parkNanos(random.nextInt(3_000_000));
    }
  }

  @Test
  void shouldGoOnWhenWorkersDiedWhileThereWasNoServer() {
    Duration timeout = Duration.ofSeconds(3);
    List<Integer> items = IntStream.range(0, 5_000).boxed().toList();
    try (TestServer server = TestServer.start();
        Context ctx =
            Context.builder().address(server.address()).timeout(timeout).spareProcesses(2).open()) {
      MapResults<Integer> results = ctx.processMap(MapDeathTest::slowly, items, TWO);
      assertThat(results.next()).isZero();
      server.kill();
      new WorkerKiller(ctx, new Random(1)).killAll();
      LockSupport.parkNanos(timeout.plusSeconds(1).toNanos());
      server.restart();
      List<Integer> rest = new ArrayList<>();
      results.forEachRemaining(rest::add);
      assertThat(rest).isEqualTo(items.stream().skip(1).map(n -> 3 * n).toList());
    }
  }

  private static int haltAtThree(int n) {
    if (n == 3) {
      Runtime.getRuntime().halt(9);
    }
    return n;
  }

  @Test
  void shouldFailTheItemAtWhichWorkerAfterWorkerDies() {
    List<Integer> items = List.of(1, 2, 3, 4);
    MapResults<Integer> results =
        context.processMap(MapDeathTest::haltAtThree, items, TWO.chunkSize(1));
    assertThat(results.next()).isEqualTo(1);
    assertThat(results.next()).isEqualTo(2);
    assertThatThrownBy(results::next)
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("worker after worker died");
    assertThat(results.next()).isEqualTo(4);
  }

  @Test
  void shouldTellThePullerWhenWorkersCanNotBeStarted() {
    try (Context ctx =
        Context.builder()
            .address(SERVER.address())
            .processDefaults(ProcessOptions.defaults().jvmFlags("-XX:NoSuchFlag"))
            .open()) {
      assertThatThrownBy(() -> ctx.processMap(MapDeathTest::slowly, List.of(1), TWO).next())
          .isInstanceOf(ZProcException.class);
    }
  }

  @Test
  void shouldGiveResultsToAnotherProcess() {
    List<Integer> items = IntStream.range(0, 100_000).boxed().toList();
    MapTask task = context.submitMap((Integer n) -> (long) n * n, items, TWO);
    try (WorkerProcess puller = WorkerProcess.start(SERVER, "any", "pull-map", task.id())) {
      assertThat(puller.await("right ")).isEqualTo("100000");
      puller.finish();
    }
  }

  /** What the dead one had taken, but may not have handed over, is given again. */
  @Test
  void shouldLoseNoResultWhenThePullerIsKilled() {
    List<Integer> items = IntStream.range(0, 3_000).boxed().toList();
    MapTask task = context.submitMap(MapDeathTest::slowly, items, TWO.chunkSize(100));
    int from = 0;
    for (int given : new int[] {1, 100, 250}) {
      try (WorkerProcess puller =
          WorkerProcess.start(SERVER, "any", "pull-some", task.id(), Integer.toString(given))) {
        assertThat(puller.await("first ")).isEqualTo(Integer.toString(3 * from));
        assertThat(puller.await("last ")).isEqualTo(Integer.toString(3 * (from + given - 1)));
        puller.kill();
      }
      from += (given - 1) / 100 * 100;
    }
    List<Integer> rest = new ArrayList<>();
    context.<Integer>pullResults(task).forEachRemaining(rest::add);
    assertThat(rest).isEqualTo(items.subList(from, 3_000).stream().map(n -> 3 * n).toList());
  }

  @Test
  void shouldTellThePullerAndLeaveNothingWhenTheOwnerIsKilled() {
    try (WorkerProcess owner = WorkerProcess.start(SERVER, "any", "submit-map")) {
      List<Long> workers =
          List.of(Long.valueOf(owner.await("worker ")), Long.valueOf(owner.await("worker ")));
      MapResults<Integer> results = context.pullResults(owner.await("task "));
      assertThat(results.next()).isZero();
      owner.kill();
      assertThatThrownBy(() -> results.forEachRemaining(n -> {}))
          .isInstanceOf(ZProcException.class)
          .hasMessageContaining("owner");
      assertGone(workers);
    }
  }

  @Test
  void shouldLeaveNothingWhenTheOwnerIsKilledAndNobodyPulls() {
    try (WorkerProcess owner = WorkerProcess.start(SERVER, "any", "submit-map")) {
      List<Long> workers =
          List.of(Long.valueOf(owner.await("worker ")), Long.valueOf(owner.await("worker ")));
      context.pullResults(owner.await("task ")).next();
      owner.kill();
      assertGone(workers);
      await().untilAsserted(() -> assertThat(left(context)).isEmpty());
    }
  }

  @Test
  void shouldLeaveWhatAKilledOwnerLeftToTheNextPool() {
    try (WorkerProcess owner = WorkerProcess.start(SERVER, "any", "submit-map")) {
      List<Long> workers =
          List.of(Long.valueOf(owner.await("worker ")), Long.valueOf(owner.await("worker ")));
      workers.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      owner.await("task ");
      owner.kill();
    }
    assertThat(context.processMap((Integer n) -> n, List.of(7)).next()).isEqualTo(7);
    context.close();
    try (Context last = SERVER.open()) {
      assertThat(left(last)).isEmpty();
    }
  }

  private static void assertGone(List<Long> pids) {
    await().until(() -> pids.stream().noneMatch(pid -> isAlive(pid)));
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
