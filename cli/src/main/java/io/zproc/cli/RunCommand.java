package io.zproc.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zproc run}. */
@Command(
    name = "run",
    description = {
      "Runs the main method of a class, with the library on the class path. Examples may be named"
          + " without their package.",
      "Your own classes are found on the class path ZPROC_CLASSPATH."
    })
final class RunCommand implements Callable<Integer> {
  private static final String EXAMPLES = "io.zproc.examples.";

  @Spec private CommandSpec spec;

  @Mixin private HelpOption help;

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
    Class<?> type = find();
    try {
      Method main = type.getMethod("main", String[].class);
      main.setAccessible(true);
      return main;
    } catch (NoSuchMethodException e) {
      throw misuse(type.getName() + " has no public static void main(String[])");
    }
  }

  private Class<?> find() {
    for (String each : List.of(name, EXAMPLES + name)) {
      try {
        return Class.forName(each);
      } catch (ClassNotFoundException e) {
        // Perhaps by the other name.
      }
    }
    throw misuse("no class " + name + " or " + EXAMPLES + name + " here; see ZPROC_CLASSPATH");
  }

  private ParameterException misuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
