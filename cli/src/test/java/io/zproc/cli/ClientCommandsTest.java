package io.zproc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.ZProc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ClientCommandsTest {
  @TempDir private static Path directory;

  private static Server server;
  private static Context context;
  private static int number;

  private State<String, Object> state;

  @BeforeAll
  static void start() {
    server =
        ZProc.startServer(
            "ipc://" + directory.resolve("s"),
            ServerOptions.defaults().backend(ServerBackend.THREAD));
    context = Context.open(server.address());
  }

  @AfterAll
  static void stop() {
    context.close();
    server.close();
    assertThat(server.isAlive()).isFalse();
  }

  @BeforeEach
  void takeANamespace() {
    state = context.state("n" + number++);
  }

  private Outcome run(String command, String... args) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(command, "-a", server.address(), "-n", state.namespace()));
    all.addAll(List.of(args));
    return Outcome.of(all.toArray(String[]::new));
  }

  private void assertMisused(String sentence, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("-a", server.address()));
    assertThat(Outcome.of(all.toArray(String[]::new)))
        .isEqualTo(new Outcome(ExitCode.USAGE, "", "zproc: " + sentence + "\n"));
  }

  @Test
  void shouldExitWith2WhenWhatWasTypedWouldNeverDo() {
    String empty = "the name of a namespace is empty; it must have 1 to 512 bytes";
    assertMisused(empty, "get", "-n", "", "k");
    assertMisused(empty, "ls", "--namespace=");
    assertMisused(
        "a namespace name of 513 bytes; at most 512", "put", "-n", "n".repeat(513), "k", "1");
    assertMisused(
        "a key of 2003 encoded bytes; keys may have at most 1024", "put", "k".repeat(2000), "1");
    Outcome future = run("watch", "--from", "99999999");
    assertThat(future.status()).isEqualTo(ExitCode.USAGE);
    assertThat(future.err()).startsWith("zproc: fromRevision=99999999 is in the future; ");
  }

  private void assertRuns(String out, String command, String... args) {
    assertThat(run(command, args)).isEqualTo(new Outcome(ExitCode.OK, out, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2|2|Long",
        "-5|-5|Long",
        "2.50|2.5|Double",
        "[1,null]|[1,null]|List",
        "{\"a\": true}|{\"a\":true}|Map",
        "two words|\"two words\"|String",
        "\"2\"|\"2\"|String",
        "@file|\"@file\"|String",
        "ü|\"ü\"|String",
        "null|null|null",
      })
  void shouldPrintAsJsonWhatWasPut(String typed, String printed, String type) {
    assertRuns("", "put", "key", typed);
    assertRuns(printed + "\n", "get", "key");
    assertRuns("key\t" + type + "\t" + printed + "\n", "ls", "--long");
  }

  @Test
  void shouldStoreTypesOfTheLibraryWhenPutting() {
    assertRuns("", "put", "a", "1", "b", "{\"x\":[1]}");
    assertThat(state.add("a", 1)).isEqualTo(2);
    assertThat(state.get("b")).isEqualTo(Map.of("x", List.of(1L)));
  }

  @Test
  void shouldPutAllPairsInOneCommitWhenThereAreSeveral() {
    long before = state.revision();
    assertRuns("", "put", "a", "1", "b", "2", "c", "3");
    assertThat(state.revision()).isEqualTo(before + 1);
  }

  @Test
  void shouldPutAStringWhenToldSo() {
    assertRuns("", "put", "--string", "a", "1");
    assertThat(state.get("a")).isEqualTo("1");
  }

  @Test
  void shouldPrintAStringWithoutQuotesWhenRaw() {
    state.put("a", "hello");
    assertRuns("hello\n", "get", "--raw", "a");
  }

  @Test
  void shouldPrintReadablyWhenAnotherProgramPutOtherTypes() {
    UUID uuid = new UUID(1, 2);
    state.put("uuid", uuid);
    state.put("bytes", new byte[] {1});
    assertRuns("\"" + uuid + "\"\n", "get", "uuid");
    assertRuns("\"AQ==\"\n", "get", "bytes");
  }

  @Test
  void shouldExitWith3WhenTheKeyIsMissing() {
    String sentence = "zproc: namespace " + state.namespace() + " has no key x\n";
    assertThat(run("get", "x")).isEqualTo(new Outcome(ExitCode.NOT_FOUND, "", sentence));
    assertThat(run("rm", "x")).isEqualTo(new Outcome(ExitCode.NOT_FOUND, "", sentence));
  }

  @Test
  void shouldRemoveWhatIsThereWhenSomeKeysAreMissing() {
    state.put("a", 1L);
    state.put("b", null);
    assertThat(run("rm", "a", "b", "x", "a").status()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(state).isEmpty();
    state.put("a", 1L);
    assertRuns("", "rm", "a");
  }

  @Test
  void shouldListKeysSorted() {
    state.put("b", 1L);
    state.put("a\nb", null);
    assertRuns("\"a\\nb\"\nb\n", "ls");
    assertRuns("[\"a\\nb\",\"b\"]\n", "ls", "--json");
    assertRuns("{\"a\\nb\":null,\"b\":1}\n", "ls", "--json", "--long");
  }

  @Test
  void shouldListKeysWhenTheyAreNoStrings() {
    State<Long, Long> longs = context.state(state.namespace(), Long.class, Long.class);
    longs.put(7L, 8L);
    assertRuns("7\tLong\t8\n", "ls", "-l");
  }

  @Test
  void shouldPrintEachUpdateWhenWatchingFromARevision() {
    long from = state.revision();
    state.put("a", 1L);
    state.put("b", 1L);
    state.put("a", "x");
    state.remove("a");
    assertRuns(
        (from + 1) + "  a=1\n" + (from + 3) + "  a=\"x\"\n" + (from + 4) + "  a removed\n",
        "watch",
        "a",
        "--from",
        Long.toString(from),
        "--count",
        "3");
  }

  @Test
  void shouldPrintUpdatesAsJsonWhenToldSo() {
    long from = state.revision();
    state.put("a", 1L);
    Outcome outcome = run("watch", "--json", "--count=1", "--from=" + from);
    assertThat(outcome.out())
        .startsWith("{\"revision\":" + (from + 1) + ",\"timestamp\":\"")
        .endsWith("\"changes\":[{\"key\":\"a\",\"after\":1}]}\n");
  }

  @Test
  void shouldExitWith4WhenThereIsNoUpdateInTime() {
    Outcome outcome = run("watch", "--live", "--timeout", "50ms");
    assertThat(outcome.status()).isEqualTo(ExitCode.TIMEOUT);
    assertThat(outcome.err()).startsWith("zproc: waited ").hasLineCount(1);
  }

  @Test
  void shouldNameTheServerWhenPinged() {
    long pid = ProcessHandle.current().pid();
    assertThat(run("ping").out()).startsWith("process " + pid + " at " + server.address());
    assertThat(run("ping", "--json").out())
        .startsWith("{\"address\":\"" + server.address() + "\",\"pid\":" + pid + ",\"micros\":");
  }

  @Test
  void shouldPrintStatisticsAsNumbersWhenJson() {
    assertThat(run("stat").out()).containsPattern("(?m)^revision +" + state.revision() + "$");
    assertThat(run("stat", "--json").out()).contains("\"revision\":" + state.revision() + ",");
  }
}
