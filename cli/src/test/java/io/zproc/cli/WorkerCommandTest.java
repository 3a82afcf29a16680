package io.zproc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zproc.Backend;
import io.zproc.Context;
import io.zproc.MapOptions;
import io.zproc.MapResults;
import io.zproc.ProcessOptions;
import io.zproc.RemoteException;
import io.zproc.Server;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.ZProc;
import io.zproc.cli.jobs.Jobs;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.Codec;
import io.zproc.codec.Codecs;
import io.zproc.testing.ShortLived;
import java.io.IOException;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes as processes of their own, over signed tcp. */
@Timeout(120)
class WorkerCommandTest {
  private static final Map<String, String> KEY = Map.of(SecretKey.VARIABLE, "muchsecret");
  private static final MapOptions NODES_ONLY = MapOptions.defaults().count(0);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Long enough for nodes that are stopped again and again to get on with something. */
  private static final Duration A_MOMENT = Duration.ofMillis(100);

  private static final int MANY = 10_000;

  /** Enough to see the name of an enum in a record. */
  private static final Codec<String> AS_TEXT =
      new Codec<>() {
        @Override
        public void encode(String value, ByteWriter out) {
          throw new UnsupportedOperationException();
        }

        @Override
        public String decode(ByteReader in) {
          return new String(in.readBytes(in.remaining()), StandardCharsets.ISO_8859_1);
        }
      };

  @TempDir private Path directory;
  private final List<Child> nodes = new ArrayList<>();
  private Server server;
  private String address;
  private Context context;

  @BeforeEach
  void open() {
    ServerOptions options =
        ServerOptions.defaults()
            .backend(ServerBackend.THREAD)
            .listen("tcp://127.0.0.1:0")
            .secretKey("muchsecret");
    server = ZProc.startServer("ipc://" + directory.resolve("s"), options);
    address = server.addresses().get(1);
    context =
        Context.builder()
            .address(address)
            .secretKey("muchsecret")
            .processDefaults(ProcessOptions.defaults().backend(Backend.THREAD))
            .open();
  }

  @AfterEach
  void close() {
    context.close();
    nodes.forEach(Child::close);
    server.close();
  }

  private Child startNode(int count, String... allowed) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("worker", address, "--count", "" + count));
    arguments.addAll(List.of("--jvm-flag", "-Xmx64m", "--jvm-flag", ShortLived.JVM_FLAG));
    for (String pattern : allowed) {
      arguments.addAll(List.of("--allow", pattern));
    }
    Child node = Child.start(directory, KEY, arguments.toArray(String[]::new));
    nodes.add(node);
    assertThat(node.readLine()).startsWith("worker node ").endsWith(" for " + address);
    return node;
  }

  private Child startNode(int count) throws IOException {
    return startNode(count, "io.zproc.cli.jobs.**");
  }

  /** By the program: of a command line longer than a page the end, with the class, is not told. */
  private static List<ProcessHandle> workersOf(Child node) {
    return node.process()
        .children()
        .filter(each -> each.info().command().orElse("").endsWith("java"))
        .toList();
  }

  private static void killAll(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  /** The node first, so that it does not start others. */
  private static List<ProcessHandle> family(Child node) {
    return Stream.concat(Stream.of(node.process().toHandle()), workersOf(node).stream()).toList();
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add("" + process.pid()));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static void eventually(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollInterval(A_MOMENT).until(condition);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<Long> squares(int count) {
    return LongStream.range(0, count).map(n -> n * n).boxed().toList();
  }

  private static <T> List<T> take(Iterator<T> results, int count) {
    List<T> taken = new ArrayList<>();
    while (taken.size() < count && results.hasNext()) {
      taken.add(results.next());
    }
    return taken;
  }

  private List<String> left() {
    try (Context last = Context.open("ipc://" + directory.resolve("s"))) {
      return Stream.of("zproc.map", "zproc.map.bells", "zproc.processes")
          .flatMap(name -> last.state(name, String.class, Object.class).keySet().stream())
          .toList();
    }
  }

  @Test
  void shouldGiveTheSameAsOneAfterTheOtherWhenAWorkerIsKilled() throws Exception {
    Child node = startNode(2);
    List<ProcessHandle> workers = workersOf(node);
    assertThat(workers).hasSize(2);
    MapResults<Long> results =
        context.processMap(Jobs.slowSquare(100_000), numbers(MANY), NODES_ONLY);
    List<Long> given = take(results, MANY / 3);
    assertThat(workers.get(0).destroyForcibly()).isTrue();
    given.addAll(take(results, MANY));
    assertThat(given).isEqualTo(squares(MANY));
    eventually(
        "another worker", () -> workersOf(node).stream().anyMatch(w -> !workers.contains(w)));
    assertThat(context.workers()).isEmpty();
  }

  @Test
  void shouldGoOnWithAnotherNodeWhenOneIsKilledWithItsWorkers() throws Exception {
    Child one = startNode(1);
    Child two = startNode(1);
    assertThat(Set.copyOf(take(context.processMap(Jobs.pid(), numbers(50), NODES_ONLY), 50)))
        .containsExactlyInAnyOrder(workersOf(one).get(0).pid(), workersOf(two).get(0).pid());
    List<ProcessHandle> doomed = family(one);
    signal("STOP", family(two));
    MapResults<Long> results =
        context.processMap(Jobs.slowSquare(100_000), numbers(MANY), NODES_ONLY);
    List<Long> given = take(results, MANY / 10);
    eventually("it is stopped at work", () -> stoppedAtWork(doomed));
    killAll(doomed);
    signal("CONT", family(two));
    given.addAll(take(results, MANY));
    assertThat(given).isEqualTo(squares(MANY));
  }

  @Test
  void shouldTakeANodeForDeadThatDoesNotAnswerAndUseItWhenItIsBack() throws Exception {
    List<ProcessHandle> silent = family(startNode(1));
    MapResults<Long> results =
        context.processMap(Jobs.slowSquare(100_000_000), numbers(30), NODES_ONLY.chunkSize(1));
    List<Long> given = take(results, 2);
    eventually("it is stopped at work", () -> stoppedAtWork(silent));
    try {
      Child other = startNode(1);
      given.addAll(take(results, 30));
      assertThat(given).isEqualTo(squares(30));
      killAll(family(other));
    } finally {
      signal("CONT", silent);
    }
    assertThat(take(context.processMap(Jobs.square(), numbers(100), NODES_ONLY), 100))
        .isEqualTo(squares(100));
  }

  /** Stops a node while one of its workers has a chunk, or lets it go on for a moment. */
  private boolean stoppedAtWork(List<ProcessHandle> family) throws Exception {
    signal("STOP", family);
    boolean atWork = chunks().anyMatch(isIn("CLAIMED"));
    if (!atWork) {
      signal("CONT", family);
    }
    return atWork;
  }

  @Test
  void shouldComputeWhatAVanishedNodeHadWhenNobodyWaitsForIt() throws Exception {
    Child one = startNode(1);
    Child two = startNode(1);
    List<ProcessHandle> doomed = family(one);
    signal("STOP", family(two));
    MapResults<Long> results =
        context.processMap(Jobs.slowSquare(20_000_000), numbers(20), NODES_ONLY.chunkSize(1));
    List<Long> given = take(results, 1);
    eventually("it is stopped at work", () -> stoppedAtWork(doomed));
    killAll(doomed);
    signal("CONT", family(two));
    eventually("all is done", () -> chunks().noneMatch(isIn("READY").or(isIn("CLAIMED"))));
    given.addAll(take(results, 20));
    assertThat(given).isEqualTo(squares(20));
  }

  @Test
  void shouldGiveBackAsItWasWhenANodeIsStoppedInOrder() throws Exception {
    MapResults<Long> results =
        context.processMap(Jobs.slowSquare(2_000_000_000), List.of(3), NODES_ONLY);
    eventually("it is ready", () -> chunks().anyMatch(isIn("READY")));
    List<String> before = chunks().toList();
    Child node = startNode(1);
    eventually("it is at work", () -> chunks().anyMatch(isIn("CLAIMED")));
    node.process().toHandle().destroy();
    assertThat(node.awaitExit()).isZero();
    assertThat(chunks()).as("with no death").isEqualTo(before);
    results.close();
  }

  /** What is known of each chunk, as text. */
  private Stream<String> chunks() {
    return context.state("zproc.map", Codecs.string(), AS_TEXT).copy().values().stream()
        .filter(isIn("READY").or(isIn("CLAIMED")).or(isIn("DONE")));
  }

  private static Predicate<String> isIn(String part) {
    return text -> text.contains(part);
  }

  @Test
  void shouldRefuseWhatIsNotListedAndGoOnWithOthers() throws Exception {
    Path file = directory.resolve("harm");
    Child node = startNode(1);
    String[] message = {
      "io.zproc.cli.Gadget", "pid " + node.process().pid(), "--allow 'io.zproc.cli.Gadget'"
    };
    assertThatThrownBy(
            context.processMap(Jobs.with(new Gadget(file)), List.of(1), NODES_ONLY)::next)
        .isInstanceOf(RemoteException.class)
        .hasMessageContainingAll(message);
    List<Object> items = List.of(new Jobs.Order(1), new Gadget(file), new Jobs.Order(3));
    MapResults<String> results =
        context.processMap(Jobs.describe(), items, NODES_ONLY.chunkSize(1));
    assertThat(results.next()).isEqualTo("Order[number=1]");
    assertThatThrownBy(results::next)
        .isInstanceOf(RemoteException.class)
        .hasMessageContainingAll(message);
    assertThat(results.next()).isEqualTo("Order[number=3]");
    assertThatThrownBy(context.processMap((Integer n) -> n, List.of(1), NODES_ONLY)::next)
        .hasMessageContaining("--allow '" + WorkerCommandTest.class.getName() + "'");
    assertThat(file).doesNotExist();
    assertThat(workersOf(node)).hasSize(1);

    assertThat(take(context.processMap(Jobs.with(new Gadget(file)), List.of(1)), 1)).hasSize(1);
    assertThat(file).as("written by the owner's own worker").exists();
    context.close();
    assertThat(node.complaints()).contains("can not take a map task", "io.zproc.cli.Gadget");
  }

  @Test
  void shouldTellTheOwnerWhichClassIsMissing() throws Exception {
    Child node = startNode(1, "io.zproc.cli.jobs.**", "missing.**");
    Serializable job = compile("missing.Job");
    assertThatThrownBy(
            context.processMap(Jobs.describe(), List.of(1, job), NODES_ONLY.chunkSize(2))::next)
        .isInstanceOf(RemoteException.class)
        .hasMessageContainingAll("missing.Job", "pid " + node.process().pid(), "ZPROC_CLASSPATH");
    assertThatThrownBy(context.processMap(Jobs.with(job), List.of(1), NODES_ONLY)::next)
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("missing.Job");
    assertThat(take(context.processMap(Jobs.square(), numbers(9), NODES_ONLY), 9)).hasSize(9);
  }

  /** An object of a class that only this JVM has. */
  private Serializable compile(String name) throws Exception {
    int dot = name.lastIndexOf('.');
    Path source = Files.createDirectories(directory.resolve("source")).resolve("Job.java");
    Files.writeString(
        source,
        "package %s; public class %s implements java.io.Serializable {}"
            .formatted(name.substring(0, dot), name.substring(dot + 1)));
    Path classes = Files.createDirectories(directory.resolve("classes"));
    String[] arguments = {"-d", classes.toString(), source.toString()};
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      return (Serializable) loader.loadClass(name).getConstructor().newInstance();
    }
  }

  @Test
  void shouldUseNoProcessorTimeWhenThereIsNothingToDo() throws Exception {
    List<ProcessHandle> family = family(startNode(2));
    eventually("all are asleep", () -> usedIn(family, Duration.ofMillis(300)).isZero());
    Duration used = usedIn(family, Duration.ofSeconds(5));
    System.out.println("an idle node with two workers used " + used.toMillis() + " ms in 5 s");
    assertThat(used).isLessThan(Duration.ofMillis(250));
  }

  private static Duration usedIn(List<ProcessHandle> processes, Duration period) throws Exception {
    Duration before = used(processes);
    Thread.sleep(period.toMillis()); // is measured; nothing is waited for
    return used(processes).minus(before);
  }

  private static Duration used(List<ProcessHandle> processes) {
    return processes.stream()
        .map(process -> process.info().totalCpuDuration().orElseThrow())
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  void shouldLeaveToTheOwnersWorkersWhatItCanNotRead() throws Exception {
    startNode(2);
    List<Long> pids =
        take(
            context.processMap(
                (Integer n) -> ProcessHandle.current().pid(),
                numbers(60),
                MapOptions.defaults().count(1).chunkSize(1)),
            60);
    assertThat(pids).hasSize(60).containsOnly(ProcessHandle.current().pid());
  }

  @Test
  void shouldEndWithAllItsWorkersAndLeaveNothingWhenItIsToldTo() throws Exception {
    Child node = startNode(2);
    List<ProcessHandle> workers = workersOf(node);
    MapResults<Long> results =
        context.processMap(Jobs.slowSquare(2_000_000), numbers(500), NODES_ONLY);
    List<Long> given = take(results, 20);
    assertThat(workers).hasSize(2).allMatch(ProcessHandle::isAlive);
    node.process().toHandle().destroy();
    assertThat(node.awaitExit()).isZero();
    assertThat(workers).noneMatch(ProcessHandle::isAlive);
    assertThat(node.complaints()).isEmpty();
    startNode(2);
    given.addAll(take(results, 500));
    assertThat(given).isEqualTo(squares(500));
    context.close();
    nodes.get(1).process().toHandle().destroy();
    assertThat(nodes.get(1).awaitExit()).isZero();
    assertThat(left()).isEmpty();
  }
}
