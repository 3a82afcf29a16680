package io.zproc.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.Pipeline;
import io.zproc.ServerBackend;
import io.zproc.ServerOptions;
import io.zproc.State;
import io.zproc.ZProc;
import io.zproc.ZProcException;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.layout.ControlDescriptor;
import io.zproc.shm.internal.layout.SessionEntryDescriptor;
import io.zproc.shm.internal.os.Memory;
import io.zproc.shm.testing.TestServer;
import io.zproc.testing.ClosingContract;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClosingOnProcessServerTest extends ClosingContract {
  private static final int THREADS = 8;

  @RegisterExtension static final TestServer SERVER = TestServer.of(ServerBackend.PROCESS);

  @Override
  protected Context openContext() {
    return SERVER.open();
  }

  @Test
  void shouldLeaveNoProcessWhenAServerDoesNotStart() {
    Set<Long> before = children();
    assertThatThrownBy(() -> ZProc.startServer(SERVER.address(), ServerOptions.defaults()))
        .isInstanceOf(ZProcException.class)
        .hasMessageContaining("already serves");
    assertThat(children()).isSubsetOf(before);
  }

  /** How many places of the table are taken, whether the server has seen that or not. */
  private static long sessions() {
    Control control = Control.open(SERVER.directory().resolve("control"));
    return IntStream.range(0, ControlDescriptor.SESSIONS)
        .mapToLong(index -> control.sessionAddress(index) + SessionEntryDescriptor.STATE_OFFSET)
        .filter(state -> Memory.getIntVolatile(state) != SessionEntryDescriptor.FREE)
        .count();
  }

  /** Another context of this JVM is open, so what is forgotten is not released with the file. */
  @Test
  void shouldLeaveNoSessionWhenSomeAreOpenedMeanwhile() throws Exception {
    otherContext.ping(SOON);
    long before = sessions();
    for (int i = 0; i < 20; i++) {
      Context closing = builder().open();
      State<String, Object> busy = closing.state();
      CyclicBarrier together = new CyclicBarrier(THREADS + 1);
      List<Future<Pipeline<String, Object>>> users =
          IntStream.range(0, THREADS)
              .mapToObj(
                  n ->
                      start(
                          () -> {
                            together.await();
                            return busy.pipeline();
                          }))
              .toList();
      together.await();
      LockSupport.parkNanos(random.nextInt(1_000_000));
      closing.close();
      for (Future<Pipeline<String, Object>> user : users) {
        end(user);
      }
    }
    eventually("all sessions have ended", () -> sessions() == before);
  }

  private static void end(Future<Pipeline<String, Object>> user) throws Exception {
    try {
      Pipeline<String, Object> pipeline = user.get(SOON.toSeconds(), TimeUnit.SECONDS);
      assertThatThrownBy(pipeline::close).isInstanceOf(ClosedException.class);
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(ClosedException.class);
    }
  }
}
