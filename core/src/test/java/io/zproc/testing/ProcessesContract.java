package io.zproc.testing;

import io.zproc.Backend;
import io.zproc.Context;
import io.zproc.ContextBuilder;
import io.zproc.ProcessOptions;
import io.zproc.State;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What tests of processes begin with: a context of a fresh namespace that starts them, and another
 * view of its state. Targets are static methods or capture local variables: a test class can not be
 * sent to another process.
 */
public abstract class ProcessesContract extends Contract {
  private static final AtomicLong NAMES = new AtomicLong();

  private String namespace;
  protected Context ctx;
  protected State<String, Object> shared;

  /** A builder of contexts on the server under test, in the namespace of this test. */
  protected ContextBuilder builder() {
    return Context.builder().address(context.address()).namespace(namespace).secretKey(secretKey());
  }

  /** That of the server under test, or null. */
  protected String secretKey() {
    return null;
  }

  @BeforeEach
  void openProcesses() {
    namespace =
        getClass().getSimpleName()
            + "-"
            + ProcessHandle.current().pid()
            + "-processes-"
            + NAMES.incrementAndGet();
    ctx = builder().open();
    shared = otherContext.state(namespace);
  }

  @AfterEach
  void closeProcesses() {
    ctx.close();
  }

  protected static ProcessOptions on(Backend backend) {
    return ShortLived.PROCESSES.backend(backend);
  }

  protected static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
