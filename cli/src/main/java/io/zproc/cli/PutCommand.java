package io.zproc.cli;

import io.zproc.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zproc put KEY VALUE …}. */
@Command(
    name = "put",
    description = {
      "Sets keys to values; several pairs in one commit, so nobody sees half of them.",
      "",
      "A value is JSON. An integer is stored as a Long, as a BigInteger if too long for that;"
          + " another number as a Double; an object as a Map, an array as a List. A text that is"
          + " no JSON, and begins with none of { [ \", is taken as a string. '-' reads the value"
          + " from standard input."
    })
final class PutCommand extends ClientCommand {
  private static final String STDIN = "-";

  @Parameters(
      paramLabel = "KEY VALUE",
      arity = "1..*",
      description = "Keys, which are strings, each with its value.")
  private List<String> pairs;

  @Option(
      names = {"-s", "--string"},
      description = "Takes values as strings, whatever they look like.")
  private boolean strings;

  private final Map<String, Object> content = new LinkedHashMap<>();

  @Override
  void checkArguments() {
    if (pairs.size() % 2 != 0) {
      throw misuse("the key " + pairs.get(pairs.size() - 1) + " has no value");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      content.put(pairs.get(i), value(pairs.get(i + 1)));
    }
  }

  private Object value(String argument) {
    String text = argument.equals(STDIN) ? standardInput() : argument;
    try {
      return strings ? text : JsonParser.parseLenient(text);
    } catch (JsonException e) {
      throw misuse("malformed JSON: " + e.getMessage());
    }
  }

  private static String standardInput() {
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("can not read the value from standard input: " + e, e);
    }
  }

  /** Values that may be misused, and the one from standard input, are picocli's. */
  @Override
  boolean takePlain(List<String> arguments) {
    pairs = arguments;
    return !arguments.isEmpty()
        && arguments.size() % 2 == 0
        && arguments.stream().allMatch(PutCommand::isPlain);
  }

  private static boolean isPlain(String argument) {
    return !argument.isEmpty() && argument.chars().allMatch(Character::isLetterOrDigit);
  }

  @Override
  int run(Context context) {
    context.state().putAll(content);
    return ExitCode.OK;
  }
}
