package io.zproc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServerCommandTest {
  private static final int SIGTERM = 128 + 15;

  @TempDir private Path directory;

  @Test
  void shouldKeepTheStateWhenItIsStoppedAndStartedAgain() throws Exception {
    String address = "ipc://" + directory.resolve("s");
    try (Child server = Child.start(directory, Map.of(), "server", address)) {
      assertThat(server.readLine()).isEqualTo(address);
      assertThat(Outcome.of("put", "-a", address, "apples", "2").status()).isZero();

      // Through the handle: Process.destroy closes the output that is read below.
      server.process().toHandle().destroy();

      assertThat(server.awaitExit()).isEqualTo(SIGTERM);
      assertThat(server.complaints()).isEmpty();
      assertThat(Outcome.of("ping", "-a", address).status()).isEqualTo(ExitCode.SERVER_DOWN);
    }
    try (Child again = Child.start(directory, Map.of(), "server", "--json", address)) {
      assertThat(again.readLine())
          .isEqualTo("{\"address\":\"" + address + "\",\"pid\":" + again.process().pid() + "}");
      assertThat(Outcome.of("get", "-a", address, "apples").out()).isEqualTo("2\n");
    }
  }

  @Test
  void shouldExitWith1WhenAnotherServerHasTheAddress() throws Exception {
    String address = "ipc://" + directory.resolve("s");
    try (Child server = Child.start(directory, Map.of(), "server", address)) {
      assertThat(server.readLine()).isEqualTo(address);
      try (Child second = Child.start(directory, Map.of("ZPROC_ADDRESS", address), "server")) {
        assertThat(second.awaitExit()).isEqualTo(ExitCode.FAILURE);
        assertThat(second.complaints())
            .isEqualTo(
                "zproc: another server (pid "
                    + server.process().pid()
                    + ") already serves "
                    + directory.resolve("s")
                    + "\n");
      }
    }
  }

  @Test
  void shouldServeAnotherHostWhenItListensAndBothHaveTheKey() throws Exception {
    String local = "ipc://" + directory.resolve("s");
    Map<String, String> environment = Map.of("ZPROC_SECRET_KEY", "muchsecret");
    String[] command = {"server", local, "--listen", "tcp://0.0.0.0:0"};
    try (Child server = Child.start(directory, environment, command)) {
      assertThat(server.readLine()).isEqualTo(local);
      String remote = server.readLine().replace("0.0.0.0", "127.0.0.1");
      assertThat(remote).startsWith("tcp://127.0.0.1:");
      Path file = Files.writeString(directory.resolve("key"), "muchsecret\n");
      String[] put = {"put", "-a", remote, "--secret-key-file", file.toString(), "gold", "5"};
      assertThat(Outcome.of(put).status()).isZero();
      assertThat(Outcome.of("get", "-a", local, "gold").out()).isEqualTo("5\n");
      assertThat(Outcome.of("get", "-a", remote, "--timeout", "1s", "gold").status())
          .isEqualTo(ExitCode.TIMEOUT);
    }
  }

  @Test
  void shouldServeThoseOnlyWhoEncryptWhenItIsToldTo() throws Exception {
    String local = "ipc://" + directory.resolve("s");
    Path file = Files.writeString(directory.resolve("key"), "muchsecret\n");
    Map<String, String> environment =
        Map.of("ZPROC_SECRET_KEY", "muchsecret", "ZPROC_ENCRYPT", "true");
    String[] command = {
      "server", local, "--listen", "tcp://127.0.0.1:0", "--encrypt", "--secret-key-file", "" + file
    };
    try (Child server = Child.start(directory, Map.of(), command)) {
      assertThat(server.readLine()).isEqualTo(local);
      String remote = server.readLine();
      String[] put = {
        "put", "-a", remote, "--secret-key-file", "" + file, "--encrypt", "gold", "5"
      };
      assertThat(Outcome.of(put).status()).isZero();
      try (Child get = Child.start(directory, environment, "get", "-a", remote, "gold")) {
        assertThat(get.readLine()).isEqualTo("5");
      }
      String[] signed = {
        "get", "-a", remote, "--timeout", "1s", "--secret-key-file", "" + file, "gold"
      };
      assertThat(Outcome.of(signed).status()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(Outcome.of(signed).err()).contains("encrypt");
    }
  }

  @Test
  void shouldExitWith2WhenItShouldEncryptWithoutAKey() {
    Outcome client = Outcome.of("get", "-a", "tcp://127.0.0.1:1", "--encrypt", "gold");
    assertThat(client.status()).isEqualTo(ExitCode.USAGE);
    assertThat(client.err()).contains("--encrypt needs a secret key: give --secret-key-file");
    String local = "ipc://" + directory.resolve("s");
    Outcome server = Outcome.of("server", local, "--encrypt");
    assertThat(server.status()).isEqualTo(ExitCode.USAGE);
    assertThat(server.err()).contains("--encrypt needs a secret key");
  }

  @Test
  void shouldExitWith2WhenItWouldListenToAllWithoutAKey() throws Exception {
    String local = "ipc://" + directory.resolve("s");
    String[] command = {"server", local, "--listen", "tcp://0.0.0.0:0"};
    try (Child server = Child.start(directory, Map.of(), command)) {
      assertThat(server.awaitExit()).isEqualTo(ExitCode.USAGE);
      assertThat(server.complaints()).contains("loopback only");
    }
    String[] insecure = {"server", local, "--listen", "tcp://0.0.0.0:0", "--insecure"};
    try (Child server = Child.start(directory, Map.of(), insecure)) {
      assertThat(server.readLine()).isEqualTo(local);
      assertThat(server.complaints()).contains("without a secret key");
    }
  }

  @Test
  void shouldReadArgumentsAsUtf8WhenThereIsNoLocale() throws Exception {
    String address = "ipc://" + directory.resolve("s");
    Map<String, String> environment = Map.of("LC_ALL", "C", "ZPROC_ADDRESS", address);
    try (Child server = Child.start(directory, environment, "server")) {
      assertThat(server.readLine()).isEqualTo(address);
      try (Child put = Child.start(directory, environment, "put", "k", "{\"ü\":\"€\"}")) {
        assertThat(put.awaitExit()).isZero();
      }
      try (Child get = Child.start(directory, environment, "get", "k")) {
        assertThat(get.readLine()).isEqualTo("{\"ü\":\"€\"}");
        assertThat(get.complaints()).isEmpty();
      }
    }
  }
}
