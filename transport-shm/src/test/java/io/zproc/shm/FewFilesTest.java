package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.ZProcException;
import io.zproc.internal.jvm.JavaCommand;
import io.zproc.shm.testing.TestServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that has as many files open as it may, or nearly. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class FewFilesTest {
  private static final int LIMIT = 100;

  @RegisterExtension
  static final TestServer SERVER =
      TestServer.of(ServerOptions.defaults().backend(ServerBackend.THREAD));

  /** Opens all files that it may, but for so many, and then a context. */
  static final class Hoarder {
    public static void main(String[] arguments) throws Exception {
      Class.forName(Context.class.getName());
      String file = System.getProperty("java.home") + "/release";
      List<InputStream> hoard = new ArrayList<>();
      try {
        while (true) {
          hoard.add(new FileInputStream(file));
        }
      } catch (IOException e) {
        for (int left = Integer.parseInt(arguments[1]); left > 0; left--) {
          hoard.remove(hoard.size() - 1).close();
        }
      }
      try (Context context = Context.open(arguments[0])) {
        context.state().put("opened", arguments[1]);
        System.out.println("opened");
      } catch (ZProcException e) {
        System.out.println(e.getMessage());
      }
      hoard.forEach(stream -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5, 8})
  void shouldNameTheLimitWhenAContextCanNotBeOpened(int left) throws Exception {
    assertThat(open(left))
        .startsWith("this process has as many files open as it may")
        .contains("ulimit -n");
  }

  private static String open(int left) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n " + LIMIT + " && exec \"$0\" \"$@\""));
    command.addAll(
        JavaCommand.of(Hoarder.class.getName())
            .shortLived()
            .arguments(SERVER.address(), Integer.toString(left))
            .toProcessBuilder()
            .command());
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(out).isZero();
      return out;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
