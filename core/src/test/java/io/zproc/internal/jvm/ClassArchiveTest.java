package io.zproc.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ClassArchiveTest {
  private static final String MAIN = Probe.class.getName();

  @TempDir private Path directory;
  private Path jar;

  @BeforeEach
  void makeJar() throws IOException {
    jar = directory.resolve("probe.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      String entry = MAIN.replace('.', '/') + ".class";
      out.putNextEntry(new JarEntry(entry));
      out.write(Probe.class.getClassLoader().getResourceAsStream(entry).readAllBytes());
    }
  }

  @Test
  void shouldLoadFromTheArchiveWhenAnEarlierRunHasWrittenIt() throws Exception {
    assertThat(run()).doesNotContain("Probe source: shared objects file");
    assertThat(run("-Xlog:class+load")).contains("Probe source: shared objects file");
    assertThat(files(".new")).isEmpty();
    assertThat(files(".jsa")).hasSize(1);
  }

  @Test
  void shouldLetOneProcessWriteWhenTwoStartAtOnce() throws Exception {
    ProcessBuilder first = command();
    ProcessBuilder second = command();

    assertThat(first.command()).anyMatch(flag -> flag.contains("ArchiveClassesAtExit"));
    assertThat(second.command()).noneMatch(flag -> flag.contains("Archive"));
    try (Child one = Child.start(first, directory);
        Child two = Child.start(second, directory)) {
      assertThat(one.output()).isEqualTo(two.output());
    }
  }

  @Test
  void shouldWriteAgainWhenTheFirstWriterNeverCameToIt() throws Exception {
    command();
    for (Path claim : files(".claim")) {
      Files.setLastModifiedTime(claim, FileTime.from(Instant.now().minusSeconds(3600)));
    }

    assertThat(command().command()).anyMatch(flag -> flag.contains("ArchiveClassesAtExit"));
  }

  @Test
  void shouldStartAllTheSameWhenTheArchiveIsDamaged() throws Exception {
    run();
    run();
    Path archive = files(".jsa").get(0);
    byte[] bytes = Files.readAllBytes(archive);
    for (int i = 4096; i < bytes.length; i += 64) {
      bytes[i] ^= (byte) i;
    }
    archive.toFile().setWritable(true);
    Files.write(archive, bytes);

    assertThat(command().command()).anyMatch(flag -> flag.contains("SharedArchiveFile"));
    assertThat(run()).isEqualTo("x\nnull\n");
  }

  @Test
  void shouldIgnoreTheArchiveWhenItIsCutShort() throws Exception {
    run();
    run();
    Path archive = files(".jsa").get(0);
    byte[] bytes = Files.readAllBytes(archive);
    archive.toFile().setWritable(true);
    Files.write(archive, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertThat(command().command()).noneMatch(flag -> flag.contains("SharedArchiveFile"));
    assertThat(run()).isEqualTo("x\nnull\n");
  }

  @Test
  void shouldRemoveTheFormerArchiveWhenAJarChanges() throws Exception {
    run();
    run();
    Path former = files(".jsa").get(0);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(100)));

    run();
    run();

    assertThat(former).doesNotExist();
    assertThat(files(".jsa")).hasSize(1);
  }

  @Test
  void shouldUseNoArchiveWhenOthersMayWriteToItsDirectory() throws Exception {
    command();
    Path ours = files(".claim").get(0).getParent();
    Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(command().command()).noneMatch(flag -> flag.contains("Archive"));
  }

  @Test
  void shouldHandTheArchiveOnWhenThisJvmRunsWithOne() throws Exception {
    System.setProperty(ClassArchive.PROPERTY, "of-the-script.jsa");
    try {
      assertThat(JavaCommand.of(MAIN).archive(true).toProcessBuilder().command())
          .contains("-XX:SharedArchiveFile=of-the-script.jsa")
          .contains("-Dzproc.archive=of-the-script.jsa");
      assertThat(command().command()).noneMatch(flag -> flag.contains("of-the-script"));
    } finally {
      System.clearProperty(ClassArchive.PROPERTY);
    }
  }

  private ProcessBuilder command(String... flags) {
    return JavaCommand.of(MAIN)
        .classPath(jar.toString())
        .archiveIn(directory)
        .jvmFlags(flags)
        .arguments("x")
        .toProcessBuilder();
  }

  private String run(String... flags) throws Exception {
    try (Child child = Child.start(command(flags), directory)) {
      return child.output();
    }
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }
}
