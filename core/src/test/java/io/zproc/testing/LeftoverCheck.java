package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test class: no child process, thread or directory of ours is left. */
public final class LeftoverCheck implements BeforeAllCallback, AfterAllCallback {
  static {
    // A busy machine is no failure.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    // A tenth of a second before the first look is the longest part of many tests.
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
  }

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeftoverCheck.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(NAMESPACE).put("threads", threads());
    context.getStore(NAMESPACE).put("children", children());
  }

  @Override
  @SuppressWarnings("unchecked")
  public void afterAll(ExtensionContext context) {
    Set<Thread> threads = (Set<Thread>) context.getStore(NAMESPACE).get("threads");
    Set<Long> children = (Set<Long>) context.getStore(NAMESPACE).get("children");
    await("threads and processes to end")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(threads()).as("threads").isSubsetOf(threads);
              assertThat(children()).as("child processes").isSubsetOf(children);
            });
    List<?> directories = TestDirectories.remaining();
    assertThat(directories).as("directories").isEmpty();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("zproc-"))
        .collect(Collectors.toSet());
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }
}
