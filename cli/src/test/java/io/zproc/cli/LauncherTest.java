package io.zproc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code zproc} script, in a checkout and with a JDK and a Maven that only pretend. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      for argument; do
        case $argument in -XX:ArchiveClassesAtExit=*) echo archive >"${argument#*=}" ;; esac
        echo "$argument"
      done
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      touch built-by-maven cli/target/zproc-cli-1.jar
      """;

  @TempDir private Path directory;
  private Path home;
  private Path jdk;

  @BeforeEach
  void makeCheckout() throws IOException {
    home = Files.createDirectories(directory.resolve("a checkout"));
    for (String module : List.of("core", "transport-shm", "transport-tcp", "examples", "cli")) {
      Files.createDirectories(home.resolve(module + "/src/main"));
    }
    Files.writeString(home.resolve("pom.xml"), "");
    Files.createDirectories(home.resolve("cli/target/lib"));
    Files.writeString(home.resolve("cli/target/lib/library.jar"), "");
    Files.writeString(home.resolve("cli/target/zproc-cli-1.jar"), "");
    Files.copy(Path.of("..", "zproc"), home.resolve("zproc"));
    executable(home.resolve("zproc"));
    executable(Files.writeString(directory.resolve("mvn"), MAVEN));
    jdk = makeJdk("17.0.9");
  }

  @Test
  void shouldRunTheCommandWhenCalledFromElsewhereThroughALink() throws Exception {
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, Path.of("a checkout", "zproc"));

    List<String> arguments = run(0, link.toString(), "put", "a key", "*");

    assertThat(arguments)
        .containsSequence("io.zproc.cli.Main", "put", "a key", "*")
        .contains(home + "/cli/target/zproc-cli-1.jar:" + home + "/cli/target/lib/library.jar")
        .doesNotContain("--sun-misc-unsafe-memory-access=allow");
    assertThat(home.resolve("built-by-maven")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"run, true", "worker, true", "put, false"})
  void shouldAddTheUsersClassesWhenTheCommandNeedsThem(String command, boolean added)
      throws Exception {
    String zproc = home.resolve("zproc").toString();
    List<String> arguments = run(0, "env", "ZPROC_CLASSPATH=mine.jar", zproc, command);

    assertThat(arguments.stream().anyMatch(each -> each.endsWith("library.jar:mine.jar")))
        .isEqualTo(added);
  }

  @Test
  void shouldSilenceWarningsWhenTheJdkHasThem() throws Exception {
    jdk = makeJdk("25");

    assertThat(zproc(0, "ping"))
        .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  }

  @Test
  void shouldMakeTheArchiveOnceWhenThereIsNone() throws Exception {
    List<String> first = zproc(0, "ping");
    Path archive = archive();

    assertThat(first).contains("-XX:SharedArchiveFile=" + archive, "-Dzproc.archive=" + archive);
    assertThat(zproc(0, "ping")).isEqualTo(first);
  }

  @Test
  void shouldMakeTheArchiveAgainWhenItIsCutShort() throws Exception {
    zproc(0, "ping");
    Files.writeString(archive(), "cut");

    zproc(0, "ping");

    assertThat(archive()).hasContent("archive");
  }

  @Test
  void shouldBuildOnceWhenASourceIsNewerThanTheJar() throws Exception {
    Files.setLastModifiedTime(home.resolve("cli/target/zproc-cli-1.jar"), FileTime.fromMillis(0));
    Files.writeString(home.resolve("core/src/main/New.java"), "");

    assertThat(zproc(0, "ping")).startsWith("zproc: building...").contains("io.zproc.cli.Main");
    assertThat(home.resolve("built-by-maven")).exists();
    assertThat(zproc(0, "ping")).doesNotContain("zproc: building...");
  }

  @Test
  void shouldSayWhyWhenTheBuildFails() throws Exception {
    Files.delete(home.resolve("cli/target/zproc-cli-1.jar"));
    Files.writeString(directory.resolve("mvn"), "#!/bin/sh\necho no such symbol; exit 1\n");

    assertThat(zproc(1, "ping"))
        .containsExactly("zproc: building...", "no such symbol", "zproc: the build failed");
  }

  @Test
  void shouldRefuseWhenTheJdkIsTooOld() throws Exception {
    jdk = makeJdk("11.0.2");

    assertThat(zproc(1, "ping")).singleElement().asString().contains("needs Java 17 or later");
  }

  @Test
  void shouldRefuseWhenJavaHomeHasNoJava() throws Exception {
    jdk = directory;

    assertThat(zproc(1, "ping")).singleElement().asString().contains("JAVA_HOME has no Java");
  }

  @Test
  void shouldNameTheLimitWhenTooFewFilesMayBeOpen() throws Exception {
    String zproc = home.resolve("zproc").toString();

    assertThat(run(1, "sh", "-c", "ulimit -n 20 && exec \"$0\" ping", zproc))
        .singleElement()
        .asString()
        .contains("only 20 files may be open", "ulimit -n 1024");
  }

  private Path makeJdk(String version) throws IOException {
    Path made = Files.createDirectories(directory.resolve("jdk " + version + "/bin")).getParent();
    executable(Files.writeString(made.resolve("bin/java"), JAVA));
    Files.writeString(made.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return made;
  }

  private static void executable(Path file) {
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("cli/target/launcher"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).findFirst().orElseThrow();
    }
  }

  private List<String> zproc(int exitCode, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("zproc").toString()));
    command.addAll(List.of(arguments));
    return run(exitCode, command.toArray(String[]::new));
  }

  private List<String> run(int exitCode, String... command) throws Exception {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(exitCode);
      return Files.readAllLines(output);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
