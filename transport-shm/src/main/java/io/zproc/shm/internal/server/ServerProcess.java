package io.zproc.shm.internal.server;

import io.zproc.Server;
import io.zproc.ServerOptions;
import io.zproc.ZProcException;
import io.zproc.internal.jvm.JavaCommand;
import io.zproc.internal.jvm.Uninterruptibly;
import io.zproc.shm.internal.layout.Directory;
import io.zproc.spi.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a JVM of its own. It tells on its standard output that it is ready, or why not, and
 * ends when its standard input does, so that it does not outlive who started it, unless it is
 * detached.
 */
public final class ServerProcess implements Server {
  private static final long STOP_TIMEOUT_S = 10;

  private final Address address;
  private final Directory directory;
  private final Process process;
  private final List<String> addresses;

  private ServerProcess(
      Address address, Directory directory, Process process, List<String> addresses) {
    this.address = address;
    this.directory = directory;
    this.process = process;
    this.addresses = addresses;
  }

  public static ServerProcess start(Address address, Directory directory, ServerOptions options) {
    if (PrivateDirectories.isPrivate(directory)) {
      PrivateDirectories.prepare();
    }
    try {
      Process process =
          JavaCommand.of(ServerMain.class.getName())
              .archive(true)
              .shortCollections()
              .arguments(ServerMain.arguments(directory, options))
              .toProcessBuilder()
              .redirectError(
                  options.detached()
                      ? ProcessBuilder.Redirect.DISCARD
                      : ProcessBuilder.Redirect.INHERIT)
              .start();
      sendSecretKey(process, options);
      return new ServerProcess(address, directory, process, awaitReady(address, process));
    } catch (IOException e) {
      throw new ZProcException("can not start a server process for " + address + ": " + e, e);
    }
  }

  private static void sendSecretKey(Process process, ServerOptions options) {
    try {
      ServerMain.writeSecretKey(process.getOutputStream(), options.secretKey());
    } catch (IOException e) {
      // It has ended already; its output tells why.
      return;
    }
  }

  /** Returns its addresses. */
  private static List<String> awaitReady(Address address, Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    if (line == null || !line.startsWith(ServerMain.READY)) {
      process.destroyForcibly();
      throw new ZProcException(
          "the server process for "
              + address
              + " did not start: "
              + (line == null ? "it ended before it was ready" : line));
    }
    return List.of(line.substring(ServerMain.READY.length()).split(ServerMain.SEPARATOR));
  }

  @Override
  public String address() {
    return address.toString();
  }

  @Override
  public List<String> addresses() {
    return addresses;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    Uninterruptibly.await(
        () -> {
          if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
          }
          return process.waitFor();
        });
    PrivateDirectories.remove(directory);
  }
}
