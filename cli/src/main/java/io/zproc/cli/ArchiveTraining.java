package io.zproc.cli;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * Uses each part of the command and of the library once, so that the classes that this loads can be
 * archived. Run by the {@code zproc} script after a build, never by a user. Prints nothing, and
 * leaves nothing behind.
 */
final class ArchiveTraining {
  private ArchiveTraining() {}

  public static void main(String[] args) {
    try (Context context = Context.builder().serverBackend(ServerBackend.THREAD).open()) {
      use(context.state());
      String[][] commands = {
        {"put", "number", "5"},
        {"put", "list", "[1, 2.5, \"three\", null, {\"four\": true}]"},
        {"get", "number"},
        {"get", "list", "--json"},
        {"ls", "--long"},
        {"ls", "--json"},
        {"watch", "--from", "0", "--count", "1", "--json"},
        {"rm", "number"},
        {"get", "number"},
        {"ping"},
        {"stat"}
      };
      for (String[] command : commands) {
        run(context.address(), command);
      }
    }
    run("", "--help");
    run("", "server", "--help");
    run("", "demo", "--help");
  }

  private static void use(State<String, Object> state) {
    state.put("total", 1L);
    state.add("total", 2);
    state.atomic(tx -> tx.put("total", (Long) tx.get("total") * 2));
    state.getWhen(snapshot -> Long.valueOf(6).equals(snapshot.get("total")));
    state.copy();
  }

  private static void run(String address, String... command) {
    String[] arguments = command;
    if (!address.isEmpty()) {
      arguments = Arrays.copyOf(command, command.length + 2);
      arguments[command.length] = "--address";
      arguments[command.length + 1] = address;
    }
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Main.run(arguments, nowhere, nowhere);
  }
}
