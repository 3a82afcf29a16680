package io.zproc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fly|no such command: fly",
        "get|Missing required parameter: 'KEY'",
        "get -a nowhere k|malformed server address 'nowhere'; expected ipc://DIRECTORY or "
            + "tcp://HOST:PORT",
        "get k --timeout soon|Invalid value for option '--timeout': 'soon' is no duration; "
            + "expected one such as 500ms, 5s, 2m or 0.5",
        "get k --timeout 0|Invalid value for option '--timeout': '0' is too short",
        "get k --encrypt|--encrypt needs a secret key: give --secret-key-file or set "
            + "ZPROC_SECRET_KEY",
        "get k -a tcp://h|malformed server address 'tcp://h'; expected tcp://HOST:PORT",
        "get -a tcp://h:99999 k|port 99999 of 'tcp://h:99999' is above the largest one, 65535",
        "put|Missing required parameter: 'KEY VALUE'",
        "put k|the key k has no value",
        "put k 1 l|the key l has no value",
        "put k [1,]|malformed JSON: a value is expected at character 4",
        "watch --live --from 1|--live begins now, so --from can not go with it",
        "watch --count 0|--count=0 is below 1",
        "watch --count x|Invalid value for option '--count': 'x' is no whole number, or too large "
            + "a one",
        "watch --from -1|--from=-1 is negative",
        "server ipc:///x --max-state-bytes 9|maxStateBytes=9 is below 1 MiB",
        "server ipc:///x --max-state-bytes -1|Invalid value for option '--max-state-bytes': '-1' "
            + "is no size; expected bytes, or one such as 64k, 512m or 4g",
        "server ipc:///x --wait-strategy nap|Invalid value for option '--wait-strategy': expected "
            + "one of [BLOCKING, SPIN_THEN_BLOCK, BUSY_SPIN] (case-insensitive) but was 'nap'",
        "server ipc:///x --secret-key-file /no|can not read the secret key from /no: "
            + "java.nio.file.NoSuchFileException: /no",
        "server ipc:///x --encrypt|--encrypt needs a secret key: give --secret-key-file or set "
            + "ZPROC_SECRET_KEY",
        "server ipc:///x -a ipc:///y|two addresses; give one",
        "worker ipc:///x|Missing required option: '--allow=PATTERN'",
        "worker ipc:///x --allow com/acme|'com/acme' is no pattern of class names, such as "
            + "com.acme.jobs.**",
        "worker ipc:///x --allow a.B --count 0|--count=0 is not between 1 and 1024",
        "worker ipc:///x --allow a.B --count 999999999|--count=999999999 is not between 1 and 1024",
        "worker ipc:///x --allow a.B --jvm-flag Xmx1g|--jvm-flag=Xmx1g is none: flags begin with -,"
            + " as in -Xmx1g",
        "worker tcp://127.0.0.1:9 --allow a.B|tasks that come over a network are taken only with a "
            + "secret key: set ZPROC_SECRET_KEY, or give --secret-key-file",
        "demo --peanuts 0|--peanuts=0 is not between 1 and 3000",
      })
  void shouldExitWith2AndSayWhyWhenMisused(String line, String sentence) {
    Outcome outcome = Outcome.of(line.split(" "));
    assertThat(outcome.status()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines().findFirst()).hasValue("zproc: " + sentence);
    assertThat(outcome.err()).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo", "server", "get", "put", "rm", "ls", "watch", "ping", "stat", "ps", "worker", "run"
      })
  void shouldExplainACommandWhenAskedForHelp(String command) {
    Outcome outcome = Outcome.of(command, "--help");
    assertThat(outcome.status()).isEqualTo(ExitCode.OK);
    assertThat(outcome.out()).startsWith("Usage: zproc " + command + " ");
    assertThat(Outcome.of("--help").out()).contains("\n  " + command + " ");
  }

  @Test
  void shouldNameTheBenchmarksWhenAskedForHelp() {
    assertThat(Outcome.of("--help").out()).contains("\n  bench ");
  }

  @Test
  void shouldExitWith5WhenNoServerRunsInTheDirectory(@TempDir Path directory) {
    Outcome outcome = Outcome.of("get", "-a", "ipc://" + directory.resolve("none"), "k");
    assertThat(outcome.status()).isEqualTo(ExitCode.SERVER_DOWN);
    assertThat(outcome.err()).startsWith("zproc: no server ").hasLineCount(1);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldShowTheStackWhenDebugging(@TempDir Path directory) {
    Outcome outcome = Outcome.of("ping", "--debug", "-a", "ipc://" + directory);
    assertThat(outcome.err()).startsWith("zproc: ").contains("\tat ");
  }

  @Test
  void shouldTakeTheAddressFromTheEnvironmentWhenItIsThere() {
    assertThat(DefaultAddress.of(Map.of(DefaultAddress.VARIABLE, "ipc:///x")))
        .isEqualTo("ipc:///x");
    assertThat(DefaultAddress.of(Map.of())).matches("ipc:///.*/zproc-[^/]+-default");
  }

  @Test
  void shouldReadUnitsOfDurationsAndSizes() {
    DurationConverter durations = new DurationConverter();
    assertThat(durations.convert("1.5")).isEqualTo(Duration.ofMillis(1500));
    assertThat(durations.convert("20ms")).isEqualTo(Duration.ofMillis(20));
    assertThat(durations.convert("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThat(durations.convert("1h")).isEqualTo(Duration.ofHours(1));
    assertThat(new SizeConverter().convert("64k")).isEqualTo(64 << 10);
    assertThat(new SizeConverter().convert("4G")).isEqualTo(4L << 30);
  }
}
