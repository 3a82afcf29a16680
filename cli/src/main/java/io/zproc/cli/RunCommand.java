package io.zproc.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zproc run}. */
@Command(
    name = "run",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Runs the main method of a class, with the library on the class path. A name without a package"
          + " is that of an example.",
      "Your own classes are found on the class path ZPROC_CLASSPATH."
    })
final class RunCommand implements Callable<Integer> {
  private static final String EXAMPLES = "io.zproc.examples.";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  private boolean help;

  @Parameters(index = "0", paramLabel = "CLASS", description = "The class, or an example's name.")
  private String name;

  @Parameters(index = "1..*", paramLabel = "ARG", description = "Its arguments, as they are.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws ReflectiveOperationException {
    Method main = main();
    try {
      main.invoke(null, (Object) arguments.toArray(String[]::new));
      return ExitCode.OK;
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace(spec.commandLine().getErr());
      return ExitCode.FAILURE;
    }
  }

  private Method main() {
    String className = name.indexOf('.') < 0 ? EXAMPLES + name : name;
    try {
      Method main = Class.forName(className).getMethod("main", String[].class);
      main.setAccessible(true);
      return main;
    } catch (ClassNotFoundException e) {
      throw misuse("no class " + className + " on the class path; see ZPROC_CLASSPATH");
    } catch (NoSuchMethodException e) {
      throw misuse(className + " has no public static void main(String[])");
    }
  }

  private ParameterException misuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
