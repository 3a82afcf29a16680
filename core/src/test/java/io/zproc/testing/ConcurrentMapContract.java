package io.zproc.testing;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.zproc.State;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Guava's conformance tests of concurrent maps, each on a fresh namespace of one server. */
public abstract class ConcurrentMapContract extends Contract {
  private int namespaces;

  @TestFactory
  Stream<DynamicNode> shouldBehaveAsAnyConcurrentMap() {
    TestSuite suite =
        ConcurrentMapTestSuiteBuilder.using(new Generator())
            .named("State")
            .withFeatures(
                MapFeature.GENERAL_PURPOSE,
                MapFeature.ALLOWS_NULL_VALUES,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                CollectionSize.ANY)
            .createTestSuite();
    return nodes(suite.getName(), suite);
  }

  private static Stream<DynamicNode> nodes(String path, TestSuite suite) {
    return Collections.list(suite.tests()).stream()
        .flatMap(
            test ->
                test instanceof TestSuite inner
                    ? nodes(path + "/" + inner.getName(), inner)
                    : Stream.of(node(path, (TestCase) test)));
  }

  private static DynamicNode node(String path, TestCase test) {
    return DynamicTest.dynamicTest(path + " " + test.getName(), test::runBare);
  }

  private final class Generator extends TestStringMapGenerator {
    @Override
    protected Map<String, String> create(Map.Entry<String, String>[] entries) {
      State<String, String> created =
          context.state(state.namespace() + "-" + ++namespaces, String.class, String.class);
      for (Map.Entry<String, String> entry : entries) {
        created.put(entry.getKey(), entry.getValue());
      }
      return created;
    }
  }
}
