package io.zproc.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.MapFunction;
import io.zproc.internal.process.Serialization;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AdmissionTest {
  private static final Admission NOTHING = new Admission("node n", List.of());
  private static final Admission LISTED = admit(Listed.class.getName());

  private static int harm;

  /** What operators list. */
  record Listed(Object inside) implements Serializable {
    static MapFunction<Integer, Integer> lambda(Serializable captured) {
      return n -> n + captured.hashCode();
    }
  }

  /** Does harm when it is loaded for use, read, or asked for a lambda. */
  private static final class Gadget implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) {
      harm++;
    }

    @SuppressWarnings("unused") // by the JDK, when it reads a lambda
    private static Object $deserializeLambda$(SerializedLambda lambda) {
      harm++;
      return null;
    }
  }

  @BeforeEach
  void forget() {
    harm = 0;
  }

  private static Admission admit(String... patterns) {
    return new Admission("node n", List.of(patterns));
  }

  private static void assertRefused(Admission admission, Object object, String... messages)
      throws Exception {
    byte[] bytes = Serialization.write(object);
    assertThatThrownBy(() -> admission.read(bytes))
        .isInstanceOf(InvalidClassException.class)
        .hasMessageContainingAll(messages);
    assertThat(harm).isZero();
  }

  /** As the JDK would write it for a lambda of any class, by somebody who makes that up. */
  private static SerializedLambda lambdaOf(Class<?> capturing, Object... captured) {
    return new SerializedLambda(
        capturing, "io/zproc/MapFunction", "apply", "()V", 6, "X", "y", "()V", "()V", captured);
  }

  @Test
  void shouldReadPlainDataOfJavaWhenNothingIsListed() throws Exception {
    Map<String, Object> data = new HashMap<>();
    data.put("numbers", List.of(1, 2L, 3.5f, 'c', new BigDecimal("1.5")));
    data.put("arrays", new ArrayList<>(Arrays.asList(1, null)));
    data.put("sets", new HashSet<>(List.of("a", "b")));
    data.put("times", List.of(Instant.EPOCH, ZonedDateTime.now()));
    data.put("sorted", new TreeMap<>(Map.of("k", UUID.randomUUID())));
    Object[] objects = {data, List.of(), new int[0].length};
    assertThat(NOTHING.read(Serialization.write(objects))).isEqualTo(objects);
    long[][] numbers = {{1}, new long[1000]};
    assertThat(NOTHING.read(Serialization.write(numbers))).isEqualTo(numbers);
  }

  @Test
  void shouldReadWhatIsListedAndNothingElse() throws Exception {
    Listed listed = new Listed(List.of(1, "a", new Listed(null)));
    assertThat(LISTED.read(Serialization.write(listed))).hasToString(listed.toString());
    assertRefused(LISTED, new Listed(new Gadget()), "Gadget", "node n", "--allow");
    assertRefused(NOTHING, listed, Listed.class.getName());
    assertRefused(LISTED, new Gadget[0], "Gadget;");
    assertRefused(LISTED, new Gadget[1][2], "Gadget;");
    assertRefused(LISTED, Gadget.class, "Gadget;");
    assertRefused(LISTED, new Object[] {List.of(Map.of("a", new Gadget()))}, "Gadget");
    assertThatCode(() -> Serialization.read(Serialization.write(new Gadget())))
        .doesNotThrowAnyException();
    assertThat(harm).as("the gadget works").isOne();
  }

  @Test
  @SuppressWarnings("unchecked")
  void shouldReadALambdaOfAListedClassWhenWhatItCapturesIsAdmitted() throws Exception {
    MapFunction<Integer, Integer> plus = Listed.lambda(7);
    byte[] bytes = Serialization.write(plus);
    assertThat(((MapFunction<Integer, Integer>) LISTED.read(bytes)).apply(1)).isEqualTo(8);
    assertRefused(NOTHING, plus, Listed.class.getName());
    assertRefused(LISTED, Listed.lambda(new Gadget()), "Gadget");
    assertRefused(admit("java.**"), plus, Listed.class.getName());
  }

  @Test
  void shouldNotAskAClassForALambdaThatIsNotListed() throws Exception {
    assertRefused(LISTED, lambdaOf(Gadget.class), "Gadget");
    assertRefused(LISTED, lambdaOf(Listed.class, lambdaOf(Gadget.class)), "Gadget");
    assertRefused(LISTED, new Object[] {Listed.class, lambdaOf(Gadget.class)}, "Gadget");
    assertRefused(LISTED, lambdaOf(Comparator.class), "java.util.Comparator");
    assertRefused(
        LISTED, new TreeMap<>(Map.Entry.<String, String>comparingByKey()), "java.util.Map$Entry");
  }

  /** So that each lambda that is read is of a class that somebody listed. */
  @Test
  void shouldHaveNoClassOfItsOwnThatCapturesLambdas() throws Exception {
    for (String name : LibraryClasses.NAMES) {
      assertThat(Class.forName(name).getDeclaredMethods())
          .as(name)
          .noneMatch(method -> method.getName().equals("$deserializeLambda$"));
    }
  }

  @Test
  void shouldRefuseADynamicProxy() throws Exception {
    InvocationHandler handler =
        (InvocationHandler & Serializable) (proxy, method, arguments) -> null;
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Runnable.class}, handler);
    assertRefused(admit("**"), proxy, "proxy", "java.lang.Runnable");
  }

  @Test
  void shouldTellWhenAClassIsAdmittedAndNotThere() throws Exception {
    String name = Gadget.class.getName();
    String missing = name.replace("Gadget", "Gidget");
    byte[] bytes = Serialization.write(new Gadget());
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace(name, missing);
    assertThatThrownBy(() -> admit("**").read(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(ClassNotFoundException.class)
        .hasMessageContainingAll(missing, "node n", "ZPROC_CLASSPATH");
  }

  @Test
  void shouldRefuseWhatIsTooDeep() throws Exception {
    Object nested = 1;
    for (int i = 0; i < LimitFilter.MAX_DEPTH; i++) {
      nested = new Object[] {nested};
    }
    assertRefused(NOTHING, nested, "deep");
  }

  @Test
  void shouldRefuseArraysThatAreLargerThanTheirBytes() throws Exception {
    byte[] bytes = Serialization.write(new Object[] {"some", "text", "to be", "longer"});
    int length = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\0\0\0\4t");
    bytes[length] = 0x7f;
    assertThatThrownBy(() -> NOTHING.read(bytes))
        .isInstanceOf(InvalidClassException.class)
        .hasMessageContaining("elements");
  }

  @Test
  void shouldFilterStreamsThatDoNotKnowOfIt() throws Exception {
    ObjectInputFilter filter = LISTED.filter();
    assertThat(LISTED.status(Gadget.class)).isEqualTo(ObjectInputFilter.Status.REJECTED);
    assertThat(LISTED.status(Listed[].class)).isEqualTo(ObjectInputFilter.Status.ALLOWED);
    assertThat(filter).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.Job, com.acme.Job, true",
    "com.acme.Job, com.acme.Jobs, false",
    "com.acme.Job, com.acme.Job$Step, false",
    "com.acme.Job, comxacme.Job, false",
    "com.acme.Job*, com.acme.Job$Step, true",
    "com.acme.*, com.acme.Job$Step, true",
    "com.acme.*, com.acme.jobs.Job, false",
    "com.acme.**, com.acme.jobs.Job, true",
    "com.acme.**, com.acmex.Job, false",
    "**.Job, com.acme.Job, true",
    "**, Job, true",
  })
  void shouldMatchNamesByPatterns(String pattern, String name, boolean matches) {
    assertThat(new ClassPatterns(List.of(pattern)).match(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "com/acme/Job", "com.acme.Job;", "!com.acme.*", "a b"})
  void shouldRefuseWhatIsNoPattern(String text) {
    assertThatThrownBy(() -> new ClassPatterns(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
