package io.zproc.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.ServerDownException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedViewTest {
  /**
   * What {@link StubConnection} allows takes one second: 1 + 2 + 4 + … + 512 ms is a little more.
   */
  private static final int FEW = 12;

  @Test
  void shouldHurryTheFollowerLessOftenTheLongerItWaits() {
    AtomicInteger hurries = new AtomicInteger();
    Client client = new Client(new StubConnection(new byte[0]));
    SharedView view =
        new SharedView(new Namespace<>(client, "n", 1, null), hurries::incrementAndGet);
    view.atLeast(1);
    assertThatThrownBy(view::view)
        .isInstanceOf(ServerDownException.class)
        .hasMessageContaining("revision 1 was seen already");
    client.close();
    assertThat(hurries.get()).isBetween(1, FEW);
  }
}
