package io.zproc.shm;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.zproc.Context;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.shm.testing.TestServer;
import java.util.Map;
import junit.extensions.TestSetup;
import junit.framework.Test;

/** Guava's conformance tests of concurrent maps, each on a fresh namespace of one server. */
public final class ConcurrentMapSuiteTest {
  private static TestServer server;
  private static Context context;
  private static int namespaces;

  private ConcurrentMapSuiteTest() {}

  public static Test suite() {
    Test suite =
        ConcurrentMapTestSuiteBuilder.using(new Generator())
            .named("State over ipc")
            .withFeatures(
                MapFeature.GENERAL_PURPOSE,
                MapFeature.ALLOWS_NULL_VALUES,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                CollectionSize.ANY)
            .createTestSuite();
    return new TestSetup(suite) {
      @Override
      protected void setUp() {
        server = TestServer.start(ServerOptions.defaults().backend(ServerBackend.PROCESS));
        context = server.open();
      }

      @Override
      protected void tearDown() {
        context.close();
        server.close();
      }
    };
  }

  private static final class Generator extends TestStringMapGenerator {
    @Override
    protected Map<String, String> create(Map.Entry<String, String>[] entries) {
      State<String, String> state =
          context.state("suite-" + ++namespaces, String.class, String.class);
      for (Map.Entry<String, String> entry : entries) {
        state.put(entry.getKey(), entry.getValue());
      }
      return state;
    }
  }
}
