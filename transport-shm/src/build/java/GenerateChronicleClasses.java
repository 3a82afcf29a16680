import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Compiles at build time what Chronicle Map would otherwise need javac for at run time.
 *
 * <ul>
 *   <li>The native form of its global state. Chronicle asks its class loader for that class by name
 *       before it generates and compiles it, so shipping it saves each process the compilation.
 *   <li>A stand-in for the class by which Chronicle gets at the compiler where the platform has
 *       none. Chronicle fails to initialise without it, although it then never compiles anything. A
 *       JDK never loads the stand-in, because there that package belongs to {@code jdk.compiler}.
 * </ul>
 *
 * <p>Run by the Java launcher from source; argument: the directory to write the classes to. Does
 * nothing when the directory already holds what this class path leads to.
 */
public final class GenerateChronicleClasses {
  private static final String STATE = "net.openhft.chronicle.hash.VanillaGlobalMutableState";
  private static final String NO_COMPILER =
      """
      package com.sun.tools.javac.api;

      public final class JavacTool {
        private JavacTool() {}

        public static javax.tools.JavaCompiler create() {
          return null;
        }
      }
      """;

  private GenerateChronicleClasses() {}

  public static void main(String[] args) throws Exception {
    Path target = Path.of(args[0]);
    Path stamp = target.resolveSibling(target.getFileName() + ".stamp");
    String inputs = inputs();
    if (Files.exists(stamp) && Files.readString(stamp).equals(inputs)) {
      return;
    }
    Path sources =
        Files.createDirectories(target.resolveSibling(target.getFileName() + "-sources"));
    compile(target, write(sources, STATE + "$$Native", nativeState()));
    compile(
        target,
        write(sources, "com.sun.tools.javac.api.JavacTool", NO_COMPILER),
        "--limit-modules",
        "java.base,java.compiler");
    Files.writeString(stamp, inputs);
  }

  private static String inputs() throws IOException {
    StringBuilder inputs = new StringBuilder(NO_COMPILER);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.contains("chronicle")) {
        inputs.append(entry).append(' ').append(Files.size(Path.of(entry))).append('\n');
      }
    }
    return inputs.toString();
  }

  private static String nativeState() throws ReflectiveOperationException {
    Class<?> state = Class.forName(STATE);
    Class<?> modelType = Class.forName("net.openhft.chronicle.values.ValueModel");
    Object model = modelType.getMethod("acquire", Class.class).invoke(null, state);
    Class<?> generators = Class.forName("net.openhft.chronicle.values.Generators");
    Method generate = generators.getDeclaredMethod("generateNativeClass", modelType, String.class);
    generate.setAccessible(true);
    return (String) generate.invoke(null, model, state.getSimpleName() + "$$Native");
  }

  private static Path write(Path sources, String className, String text) throws IOException {
    Path source = sources.resolve(className.replace('.', '/') + ".java");
    Files.createDirectories(source.getParent());
    return Files.writeString(source, text);
  }

  private static void compile(Path target, Path source, String... more) {
    List<String> arguments = new java.util.ArrayList<>(List.of(more));
    arguments.addAll(List.of("--release", "17", "-proc:none", "-nowarn", "-Xlint:none"));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(List.of("-d", target.toString(), source.toString()));
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    if (javac.run(System.out, System.err, arguments.toArray(String[]::new)) != 0) {
      throw new IllegalStateException("javac failed on " + source);
    }
  }
}
