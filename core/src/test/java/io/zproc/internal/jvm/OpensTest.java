package io.zproc.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.ZProcException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OpensTest {
  private static final Module BASE = Object.class.getModule();

  @Test
  void shouldOpenWhatChronicleNeedsWhenThreadsCallAtOnce() {
    IntStream.range(0, 8).parallel().forEach(i -> Opens.open());

    Module unnamed = OpensTest.class.getModule();
    assertThat(List.of("java.lang", "java.lang.reflect", "sun.nio.ch", "jdk.internal.misc"))
        .allMatch(name -> BASE.isOpen(name, unnamed));
  }

  @Test
  void shouldNameTheFlagsWhenTheJvmRefuses() {
    assertThatThrownBy(() -> Opens.open(List.of("no.such.place", "java.lang")))
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining("--add-opens=java.base/no.such.place=ALL-UNNAMED")
        .hasMessageContaining("--add-opens=java.base/java.lang=ALL-UNNAMED");
  }

  @Test
  void shouldOpenWithoutAWarningWhenStartedWithNoFlags(@TempDir Path directory) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = ClassPath.join(ClassPath.current());
    String property = "-Dchronicle.announcer.disable=false";
    ProcessBuilder plain =
        new ProcessBuilder(java, property, "-cp", classPath, Probe.class.getName(), "open");

    try (Child child = Child.start(plain, directory)) {
      assertThat(child.output()).endsWith("true\ntrue\nfalse\n");
    }
  }
}
