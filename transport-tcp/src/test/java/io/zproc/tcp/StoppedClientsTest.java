package io.zproc.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.State;
import io.zproc.tcp.testing.RemoteProcess;
import io.zproc.tcp.testing.RemoteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do nothing any more, and take nothing either. */
@Timeout(110)
class StoppedClientsTest {
  private static final int STOPPED = 20;
  private static final int COMMITS = 400;
  private static final int PHASES = 7;
  private static final int PUTS = 100;
  private static final int VALUE = 256 << 10;
  private static final long ALL = (long) STOPPED * COMMITS * VALUE;

  /** Memory of its own, in bytes: the heap is, maps and journal are not. */
  private static long memoryOf(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldKeepNothingForThemAndServeTheOthersWhenTheyAreStopped() throws Exception {
    try (RemoteServer server = RemoteServer.start(ServerBackend.PROCESS, null);
        Context context = server.open();
        RemoteProcess clients =
            RemoteProcess.start(List.of(), server.address(), null, "many", STOPPED)) {
      State<String, Object> state = context.state();
      byte[] value = new byte[VALUE];
      put(state, value, 20);
      clients.signal("STOP");
      long before = memoryOf(server.pid());
      put(state, value, COMMITS);
      long grown = memoryOf(server.pid()) - before;
      assertThat(grown).as("bytes for %d bytes not taken", ALL).isLessThan(ALL / 10);
      assertThat(state.get("last")).isEqualTo((long) COMMITS);
      clients.signal("CONT");
    }
  }

  /** The figure itself is the benchmark's; this is with room for a busy machine. */
  @Test
  void shouldServeTheOthersAsFastWhenSomeAreStopped() throws Exception {
    try (RemoteServer server = RemoteServer.start(ServerBackend.PROCESS, null);
        Context context = server.open();
        RemoteProcess clients =
            RemoteProcess.start(List.of(), server.address(), null, "many", STOPPED)) {
      State<String, Object> state = context.state();
      medianOfPuts(state);
      double[] running = new double[PHASES];
      double[] stopped = new double[PHASES];
      for (int i = 0; i < PHASES; i++) {
        running[i] = medianOfPuts(state);
        clients.signal("STOP");
        stopped[i] = medianOfPuts(state);
        clients.signal("CONT");
      }
      assertThat(median(stopped)).as("ns beside stopped clients").isLessThan(3 * median(running));
    }
  }

  private static double medianOfPuts(State<String, Object> state) {
    double[] latencies = new double[PUTS];
    for (int i = 0; i < PUTS; i++) {
      long start = System.nanoTime();
      state.putLong("n", i);
      latencies[i] = System.nanoTime() - start;
    }
    return median(latencies);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void put(State<String, Object> state, byte[] value, int times) {
    for (int i = 1; i <= times; i++) {
      state.put("value", value);
      state.put("last", (long) i);
    }
  }
}
