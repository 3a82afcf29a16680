package io.zproc.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.zproc.RemoteException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.PlainCodec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutcomeTest {

  /** As it comes out of the state. */
  private static Outcome travelled(Map<String, Object> map) {
    ByteWriter out = new ByteWriter();
    PlainCodec.standard().encode(map, out);
    ByteReader in = new ByteReader().wrap(out.array(), 0, out.position());
    return Outcome.of((Map<?, ?>) PlainCodec.standard().decode(in));
  }

  @Test
  void shouldReadAFailureWhoseClassIsMissing() {
    List<Object> frame = List.of("app.Gone", "vanish", "Gone.java", 42);
    List<Object> rows =
        List.of(
            Map.of("class", "app.GoneException", "message", "gone", "stack", List.of(frame)),
            Map.of("class", "app.Cause", "message", "why", "stack", List.of()));
    RemoteException remote = travelled(Map.of("failure", rows)).exception();
    assertThat(remote.className()).isEqualTo("app.GoneException");
    assertThat(remote).hasMessage("app.GoneException: gone");
    assertThat(remote.getStackTrace()[0]).hasToString("app.Gone.vanish(Gone.java:42)");
    assertThat(remote.getCause()).hasMessage("app.Cause: why");
  }

  @Test
  void shouldKeepNameAndMessageOfAFailureThatCameFromFurtherAway() {
    Outcome first = travelled(Outcome.threw(new IllegalStateException((String) null)).toMap());
    RemoteException again = travelled(Outcome.threw(first.exception()).toMap()).exception();
    assertThat(again.className()).isEqualTo("java.lang.IllegalStateException");
    assertThat(again.remoteMessage()).isNull();
    assertThat(again).hasMessage("java.lang.IllegalStateException");
  }

  @Test
  void shouldGiveAResultThatIsANewCopyEachTime() throws Exception {
    Outcome outcome = travelled(Outcome.returned(new int[] {1, 2}).toMap());
    assertThat((int[]) outcome.value()).containsExactly(1, 2);
    assertThat(outcome.value()).isNotSameAs(outcome.value());
    assertThat(travelled(Outcome.returned(null).toMap()).value()).isNull();
  }

  @Test
  void shouldFailWhenTheResultIsNotSerializable() {
    Outcome outcome = Outcome.returned(new Object());
    assertThat(outcome.isFailure()).isTrue();
    assertThat(outcome.exception()).hasMessageContaining("java.lang.Object, is not serializable");
  }
}
