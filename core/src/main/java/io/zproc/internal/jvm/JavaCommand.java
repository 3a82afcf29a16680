package io.zproc.internal.jvm;

import io.zproc.ZProcException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line of a JVM that runs one of our main classes: the Java and the class path of this
 * JVM, flags that let it start fast and quietly, and a class archive. It inherits none of the flags
 * and system properties that this JVM was started with.
 *
 * <p>Not thread-safe; build it where it is used.
 */
public final class JavaCommand {
  private final String mainClass;
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final List<String> flags = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private List<Path> classPath = ClassPath.current();
  private Path archiveIn;
  private boolean ourClassPath = true;

  private JavaCommand(String mainClass) {
    this.mainClass = mainClass;
  }

  /** A command that runs {@code mainClass} with the class path of this JVM. */
  public static JavaCommand of(String mainClass) {
    return new JavaCommand(mainClass);
  }

  /** Replaces the class path. */
  public JavaCommand classPath(String value) {
    classPath = ClassPath.entries(value);
    ourClassPath = false;
    return this;
  }

  /** Sets a system property of the child. */
  public JavaCommand systemProperty(String key, String value) {
    properties.put(key, value);
    return this;
  }

  /** Adds flags, after ours, so that they win. */
  public JavaCommand jvmFlags(String... values) {
    Collections.addAll(flags, values);
    return this;
  }

  /** Limits the heap: a size as {@code -Xmx} takes it, such as {@code 64m}. */
  public JavaCommand heap(String max) {
    return jvmFlags("-Xmx" + max);
  }

  /**
   * For a server: next to nothing of what it makes stays, so room for more of it would save no
   * work, and take memory.
   */
  public JavaCommand shortCollections() {
    return jvmFlags("-XX:NewSize=16m", "-XX:MaxNewSize=16m");
  }

  /** For a child that ends within seconds: compiles fast rather than well. */
  public JavaCommand shortLived() {
    return jvmFlags("-XX:TieredStopAtLevel=1");
  }

  /** Whether to use, and if need be leave behind, a {@link ClassArchive}. */
  public JavaCommand archive(boolean value) {
    return archiveIn(value ? Path.of(System.getProperty("java.io.tmpdir")) : null);
  }

  JavaCommand archiveIn(Path temporary) {
    archiveIn = temporary;
    return this;
  }

  /** Adds arguments of the main class. */
  public JavaCommand arguments(String... values) {
    Collections.addAll(arguments, values);
    return this;
  }

  /**
   * The command, ready to start.
   *
   * @throws ZProcException if this JVM's {@code java} executable is not to be found
   */
  public ProcessBuilder toProcessBuilder() {
    return new ProcessBuilder(toList());
  }

  List<String> toList() {
    List<String> command = new ArrayList<>();
    command.add(executable());
    command.addAll(JvmFlags.common());
    command.addAll(archiveFlags());
    command.addAll(flags);
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-classpath", ClassPath.join(classPath), mainClass));
    command.addAll(arguments);
    return command;
  }

  private List<String> archiveFlags() {
    if (archiveIn == null) {
      return List.of();
    }
    String given = System.getProperty(ClassArchive.PROPERTY);
    return given != null && ourClassPath
        ? ClassArchive.given(given)
        : ClassArchive.flags(archiveIn, mainClass, classPath);
  }

  private static String executable() {
    String name = File.separatorChar == '\\' ? "java.exe" : "java";
    Path java = Path.of(System.getProperty("java.home"), "bin", name);
    if (!Files.isExecutable(java)) {
      throw new ZProcException("No Java executable to start a process with: " + java);
    }
    return java.toString();
  }
}
