package io.zproc.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JavaCommandTest {
  private static final String PROBE = Probe.class.getName();

  @Test
  void shouldRunOurClassesWhenStartedInAnotherDirectory(@TempDir Path directory) throws Exception {
    ProcessBuilder builder =
        JavaCommand.of(PROBE)
            .systemProperty("probe", "a b")
            .heap("32m")
            .shortLived()
            .arguments("one", "two words")
            .toProcessBuilder()
            .directory(directory.toFile());

    try (Child child = Child.start(builder, directory)) {
      assertThat(child.output()).isEqualTo("one,two words\na b\n");
    }
  }

  @Test
  void shouldLetTheCallersFlagsWinWhenTheyDisagreeWithOurs(@TempDir Path directory)
      throws Exception {
    ProcessBuilder builder =
        JavaCommand.of(PROBE).jvmFlags("-XX:+UsePerfData").arguments("x").toProcessBuilder();

    assertThat(builder.command().indexOf("-XX:+UsePerfData"))
        .isGreaterThan(builder.command().indexOf("-XX:-UsePerfData"));
    try (Child child = Child.start(builder, directory)) {
      assertThat(child.output()).isEqualTo("x\nnull\n");
    }
  }

  @Test
  void shouldStartWithoutArchiveWhenTheClassPathHasDirectories(@TempDir Path directory)
      throws Exception {
    ProcessBuilder builder =
        JavaCommand.of(PROBE)
            .classPath(System.getProperty("java.class.path"))
            .archiveIn(directory)
            .arguments("open")
            .toProcessBuilder();

    assertThat(builder.command()).noneMatch(flag -> flag.contains("Archive"));
    try (Child child = Child.start(builder, directory)) {
      assertThat(child.output()).startsWith("open\n");
    }
  }
}
