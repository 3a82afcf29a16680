package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.shm.testing.TestServer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Any history of calls on several namespaces gives what hash maps give, though contexts and servers
 * come and go in between. A failure is told with its seed.
 */
class HistoryTest {
  private static final String[] NAMESPACES = {"one", "two", "three"};
  private static final int LONG_LENGTH = 70_000;

  private enum Kind {
    GET,
    PUT,
    REMOVE,
    PUT_IF_ABSENT,
    REMOVE_VALUE,
    REPLACE,
    MERGE,
    PUT_TWO,
    CLEAR,
    SIZE,
    COPY,
    REOPEN,
    RESTART
  }

  record Step(Kind kind, int namespace, String key, Object value) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(30, Arbitraries.of(Kind.values()).filter(k -> !isRare(k))),
            Tuple.of(1, Arbitraries.of(Kind.REOPEN, Kind.RESTART)));
    Arbitrary<Object> values =
        Arbitraries.of(
            Arrays.asList(
                null,
                1L,
                -2,
                "text",
                3.5,
                List.of(1, "x"),
                Map.of("k", 1),
                "m".repeat(500),
                "l".repeat(LONG_LENGTH)));
    Arbitrary<String> keys = Arbitraries.integers().between(0, 12).map(i -> "key" + i);
    return Combinators.combine(kinds, Arbitraries.integers().between(0, 2), keys, values)
        .as(Step::new)
        .list()
        .ofMinSize(50)
        .ofMaxSize(200);
  }

  private static boolean isRare(Kind kind) {
    return kind == Kind.REOPEN || kind == Kind.RESTART;
  }

  @Property(tries = 15, shrinking = ShrinkingMode.BOUNDED)
  void shouldDoAsHashMapsWhenContextsAndServersComeAndGo(@ForAll("histories") List<Step> steps) {
    List<Map<String, Object>> models = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
    try (TestServer server =
            TestServer.start(ServerOptions.defaults().backend(ServerBackend.THREAD));
        Reopening context = new Reopening(server)) {
      for (Step step : steps) {
        if (step.kind == Kind.REOPEN) {
          context.reopen();
        } else if (step.kind == Kind.RESTART) {
          server.stop();
          server.restart();
        } else {
          Map<String, Object> model = models.get(step.namespace);
          assertThat(run(context.state(step.namespace), step))
              .as("%s", step.kind)
              .isEqualTo(run(model, step));
        }
      }
      for (int i = 0; i < NAMESPACES.length; i++) {
        assertThat(context.state(i).copy()).isEqualTo(models.get(i));
      }
    }
  }

  private static final class Reopening implements AutoCloseable {
    private final TestServer server;
    private Context context;

    Reopening(TestServer server) {
      this.server = server;
      context = server.open();
    }

    void reopen() {
      context.close();
      context = server.open();
    }

    State<String, Object> state(int namespace) {
      return context.state(NAMESPACES[namespace]);
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private static Object run(Map<String, Object> map, Step step) {
    String key = step.key;
    Object value = step.value;
    return switch (step.kind) {
      case GET -> map.getOrDefault(key, "default");
      case PUT -> map.put(key, value);
      case REMOVE -> map.remove(key);
      case PUT_IF_ABSENT -> map.putIfAbsent(key, value);
      case REMOVE_VALUE -> map.remove(key, value);
      case REPLACE -> map.replace(key, value);
      case MERGE -> map.merge(key, value == null ? 0 : value, (a, b) -> a.equals(b) ? null : b);
      case SIZE -> map.size();
      case COPY -> map instanceof State<String, Object> state ? state.copy() : new HashMap<>(map);
      case PUT_TWO -> {
        Map<String, Object> two = new HashMap<>();
        two.put(key, value);
        two.put("other", key);
        map.putAll(two);
        yield null;
      }
      default -> {
        map.clear();
        yield map.isEmpty();
      }
    };
  }
}
