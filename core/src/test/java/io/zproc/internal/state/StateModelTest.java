package io.zproc.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.Context;
import io.zproc.Server;
import io.zproc.State;
import io.zproc.ZProc;
import io.zproc.testing.FakeTransport;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Any sequence of calls gives the same results as on a HashMap, null values included. */
class StateModelTest {
  private static Server server;
  private static Context context;
  private static int runs;

  @BeforeContainer
  static void open() {
    server = ZProc.startServer("mem://StateModelTest");
    context = Context.open(server.address());
  }

  @AfterContainer
  static void close() {
    context.close();
    server.close();
    FakeTransport.forget(server.address());
  }

  private enum Kind {
    GET,
    PUT,
    REMOVE,
    PUT_IF_ABSENT,
    REMOVE_VALUE,
    REPLACE,
    REPLACE_VALUE,
    COMPUTE,
    COMPUTE_IF_ABSENT,
    COMPUTE_IF_PRESENT,
    MERGE,
    PUT_ALL,
    CLEAR,
    CONTAINS_KEY,
    CONTAINS_VALUE,
    SIZE,
    KEYS_REMOVE,
    VALUES_REMOVE,
    REMOVE_IF,
    REPLACE_ALL
  }

  record Call(Kind kind, String key, Object value, Object second) {}

  @Provide
  Arbitrary<List<Call>> calls() {
    Arbitrary<Object> values = Arbitraries.of(Arrays.asList(null, 1, 2L, "x", List.of(1), true));
    return Combinators.combine(
            Arbitraries.of(Kind.class), Arbitraries.of("a", "b", "c", "d"), values, values)
        .as(Call::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 300)
  void shouldDoAsHashMap(@ForAll("calls") List<Call> calls) {
    Map<String, Object> model = new HashMap<>();
    State<String, Object> state = context.state("run-" + runs++);
    for (Call call : calls) {
      assertThat(run(state, call)).as("%s", call).isEqualTo(run(model, call));
    }
    assertThat(state.copy()).isEqualTo(model);
  }

  @Property(tries = 300)
  void shouldDoAsHashMapInsideTransactions(@ForAll("calls") List<Call> calls) {
    Map<String, Object> model = new HashMap<>();
    State<String, Object> state = context.state("run-" + runs++);
    for (int from = 0; from < calls.size(); from += 7) {
      List<Call> some = calls.subList(from, Math.min(calls.size(), from + 7));
      state.atomic(
          tx -> {
            for (Call call : some) {
              assertThat(run(tx, call)).as("%s", call).isEqualTo(run(model, call));
            }
            assertThat(tx).isEqualTo(model);
            return null;
          });
      assertThat(state.copy()).isEqualTo(model);
    }
  }

  private static Object run(Map<String, Object> map, Call call) {
    String key = call.key;
    Object value = call.value;
    return switch (call.kind) {
      case GET -> map.getOrDefault(key, "default");
      case PUT -> map.put(key, value);
      case REMOVE -> map.remove(key);
      case PUT_IF_ABSENT -> map.putIfAbsent(key, value);
      case REMOVE_VALUE -> map.remove(key, value);
      case REPLACE -> map.replace(key, value);
      case REPLACE_VALUE -> map.replace(key, value, call.second);
      case COMPUTE -> map.compute(key, (k, v) -> v == null ? value : call.second);
      case COMPUTE_IF_ABSENT -> map.computeIfAbsent(key, k -> value);
      case COMPUTE_IF_PRESENT -> map.computeIfPresent(key, (k, v) -> value);
      case MERGE -> map.merge(key, value == null ? 0 : value, (a, b) -> call.second);
      case CONTAINS_KEY -> map.containsKey(key);
      case CONTAINS_VALUE -> map.containsValue(value);
      case SIZE -> map.size();
      case KEYS_REMOVE -> map.keySet().remove(key);
      case REMOVE_IF -> map.entrySet().removeIf(e -> Objects.equals(e.getValue(), value));
      default -> runOnAll(map, call);
    };
  }

  private static Object runOnAll(Map<String, Object> map, Call call) {
    switch (call.kind) {
      case PUT_ALL -> {
        Map<String, Object> more = new HashMap<>();
        more.put(call.key, call.value);
        more.put("e", call.second);
        map.putAll(more);
      }
      case CLEAR -> map.clear();
      case VALUES_REMOVE -> map.values().removeAll(Arrays.asList(call.value));
      default -> map.replaceAll((k, v) -> k.equals(call.key) ? call.value : v);
    }
    return map.isEmpty();
  }
}
