package io.zproc.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the arguments of the most frequent calls: {@code get}, {@code put}, {@code rm} and {@code
 * ping} with nothing but an address, a namespace and what the command is about. Everything else is
 * picocli's, whose start takes as long as such a command does from beginning to end; so whatever is
 * the least bit unusual, and every complaint, is left to it. Stateless.
 */
final class PlainArguments {
  private PlainArguments() {}

  /** The command, ready to be called, or null when picocli has to look at the arguments. */
  static ClientCommand parse(String[] args, PrintWriter out, PrintWriter err) {
    ClientCommand command = args.length == 0 ? null : command(args[0]);
    if (command == null) {
      return null;
    }
    String address = null;
    String namespace = null;
    List<String> plain = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      boolean hasNext = i + 1 < args.length && !args[i + 1].startsWith("-");
      if (isOption(args[i], "-a", "--address") && address == null && hasNext) {
        address = args[++i];
      } else if (isOption(args[i], "-n", "--namespace") && namespace == null && hasNext) {
        namespace = args[++i];
      } else if (args[i].startsWith("-")) {
        return null;
      } else {
        plain.add(args[i]);
      }
    }
    command.prepare(address, namespace, out, err);
    return command.takePlain(plain) ? command : null;
  }

  private static ClientCommand command(String name) {
    return switch (name) {
      case "get" -> new GetCommand();
      case "put" -> new PutCommand();
      case "rm" -> new RemoveCommand();
      case "ping" -> new PingCommand();
      default -> null;
    };
  }

  private static boolean isOption(String argument, String brief, String full) {
    return argument.equals(brief) || argument.equals(full);
  }
}
