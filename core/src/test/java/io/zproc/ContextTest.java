package io.zproc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.codec.PlainCodec;
import io.zproc.testing.FakeTransport;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ContextTest {
  enum Fruit {
    APPLE
  }

  private final Server server = ZProc.startServer("mem://ContextTest");

  @AfterEach
  void stop() {
    server.close();
    FakeTransport.forget(server.address());
  }

  @Test
  void shouldGiveTheSameStateEachTime() {
    try (Context context = Context.open(server.address())) {
      assertThat(context.state()).isSameAs(context.state());
      assertThat(context.state("other")).isNotSameAs(context.state("other"));
      assertThat(context.namespace()).isEqualTo("default");
      assertThat(context.address()).isEqualTo("mem://ContextTest");
      assertThat(context.server()).isEmpty();
    }
  }

  @Test
  void shouldUseWhatTheBuilderWasTold() {
    PlainCodec codec = PlainCodec.builder().register(Fruit.class).build();
    try (Context context =
        Context.builder()
            .address(server.address())
            .namespace("fruits")
            .codec(codec)
            .timeout(Duration.ofSeconds(1))
            .waitStrategy(WaitStrategy.BLOCKING)
            .open()) {
      context.state().put("a", Fruit.APPLE);
      assertThat(context.state().namespace()).isEqualTo("fruits");
      assertThat(context.state("fruits").copy()).isEqualTo(Map.of("a", Fruit.APPLE));
    }
  }

  @Test
  void shouldNameTheMissingArtifactWhenThereIsNoTransport() {
    assertThatThrownBy(Context::open)
        .isInstanceOf(AddressException.class)
        .hasMessageContaining("zproc-transport-shm");
    assertThatThrownBy(() -> Context.open("tcp://localhost:1"))
        .isInstanceOf(AddressException.class)
        .hasMessageContaining("zproc-transport-tcp");
    assertThatThrownBy(() -> Context.open("udp://localhost:1"))
        .isInstanceOf(AddressException.class)
        .hasMessageContaining("udp")
        .hasMessageContaining("mem");
    assertThatThrownBy(() -> Context.open("nonsense")).isInstanceOf(AddressException.class);
  }

  @Test
  void shouldTellWhenThereIsNoServer() {
    assertThatThrownBy(() -> Context.open("mem://nobody")).isInstanceOf(ServerDownException.class);
    assertThatThrownBy(() -> ZProc.ping("mem://nobody", Duration.ofSeconds(1)))
        .isInstanceOf(ServerDownException.class);
    assertThat(ZProc.ping(server.address(), Duration.ofSeconds(1))).isEqualTo(server.pid());
  }

  @Test
  void shouldTellWithinTheTimeoutWhenTheServerDies() {
    try (Context context =
        Context.builder().address(server.address()).timeout(Duration.ofMillis(100)).open()) {
      State<String, Object> state = context.state();
      state.put("a", 1);
      server.close();
      assertThatThrownBy(() -> state.put("a", 2)).isInstanceOf(ServerDownException.class);
      assertThatThrownBy(() -> state.atomic(tx -> tx.put("a", 2)))
          .isInstanceOf(ServerDownException.class);
      assertThatThrownBy(() -> state.atomicExclusive(tx -> tx.put("a", 2)))
          .isInstanceOf(ServerDownException.class);
      assertThatThrownBy(() -> context.ping(Duration.ofMillis(10)))
          .isInstanceOf(ServerDownException.class);
    }
  }

  @Test
  void shouldRefuseTimeoutsThatAreNotPositive() {
    assertThatThrownBy(() -> Context.builder().timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldSayWhatToDoWhenItShouldEncryptWithoutASecretKey() {
    ContextBuilder builder = Context.builder().address(server.address()).encrypt();
    assertThatThrownBy(builder::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("call secretKey(key)");
    assertThatThrownBy(() -> ServerOptions.defaults().encrypt())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("call secretKey(key)");
    builder.secretKey("muchsecret").open().close();
    assertThat(ServerOptions.defaults().secretKey("muchsecret").encrypt().encrypted()).isTrue();
  }
}
