package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.internal.jvm.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we promise of a JVM that has no compiler, and was started with no flag of ours but quiet.
 */
@Timeout(120)
class BareJvmTest {
  /** All that is needed; a JRE has more. */
  private static final String MODULES =
      "java.base,java.compiler,java.management,java.naming,jdk.unsupported";

  @TempDir private Path directory;

  @Test
  void shouldOpenMapAndQueueWhenThePlatformHasNoCompiler() throws Exception {
    Process child = start("--limit-modules", MODULES);

    assertThat(output(child)).isEqualTo("done\n");
  }

  @Test
  void shouldCompileNothingWhenThePlatformHasACompiler() throws Exception {
    Process child = start("-Xlog:class+load");

    assertThat(output(child))
        .contains("VanillaGlobalMutableState$$Native source: file:")
        .doesNotContain("com.sun.tools.javac.main.JavaCompiler ")
        .endsWith("done\n");
  }

  @Test
  void shouldLeaveTheHomeDirectoryAloneWhenMapAndQueueAreUsed() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Process child = start("-Duser.home=" + home);

    assertThat(output(child)).isEqualTo("done\n");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void shouldNotReportToAnybodyWhenChronicleIsUsed() {
    assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  private Process start(String... flags) throws Exception {
    Path files = Files.createDirectory(directory.resolve("files"));
    return JavaCommand.of(MapAndQueueProbe.class.getName())
        .systemProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn")
        .jvmFlags(flags)
        .arguments(files.toString())
        .toProcessBuilder()
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("out.txt").toFile())
        .start();
  }

  private String output(Process child) throws Exception {
    try {
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String output = Files.readString(directory.resolve("out.txt"));
      assertThat(child.exitValue()).as(output).isZero();
      return output;
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
