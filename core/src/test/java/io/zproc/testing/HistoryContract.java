package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Context;
import io.zproc.HistoryLostException;
import io.zproc.Pipeline;
import io.zproc.State;
import io.zproc.Update;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watching while the journal is trimmed, whatever the transport. */
@Timeout(100)
public abstract class HistoryContract {
  /** To be the server's limit. */
  protected static final long LIMIT = 8L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] KILOBYTE = new byte[1024];

  private Context context;
  private State<String, Object> churn;

  /** A client of a server whose journal takes {@link #LIMIT} bytes at most. */
  protected abstract Context openContext();

  /** A client that writes much; by another way, if that is faster. */
  protected abstract Context openWriter();

  @BeforeEach
  void open() {
    context = openContext();
    churn = context.state("churn");
  }

  @AfterEach
  void close() {
    context.close();
  }

  /** Writes so many bytes, again and again to the same few keys. */
  private void churn(long bytes) {
    try (Context writer = openWriter();
        Pipeline<String, Object> pipeline = writer.state("churn").pipeline()) {
      for (long written = 0; written < bytes; written += KILOBYTE.length) {
        pipeline.put("k" + written % 7, KILOBYTE);
      }
      pipeline.flush();
    }
  }

  @Test
  void shouldMissNothingWhenAWatcherKeepsPaceWithTrimming() {
    Watch<String, Object> watch = churn.watchAll(WatchOptions.buffered().includeOwn());
    long last = 0;
    for (int commit = 1; commit <= 3 * LIMIT / KILOBYTE.length; commit++) {
      churn.put("n", commit % 2 == 0 ? commit : KILOBYTE);
      if (commit % 512 == 0) {
        for (int n = 0; n < 512; n++) {
          Update<String, Object> update = watch.next(PATIENCE);
          assertThat(last == 0 || update.revision() == last + 1).isTrue();
          last = update.revision();
        }
      }
    }
    assertThat(watch.poll()).isNull();
    watch.close();
  }

  @Test
  void shouldSayWhatIsGoneAndGoOnWhenAWatcherIsTooSlow() {
    Watch<String, Object> watch = churn.watchAll(WatchOptions.buffered().includeOwn());
    churn.put("first", 1);
    long first = watch.next(PATIENCE).revision();
    churn(3 * LIMIT);
    assertThatThrownBy(() -> watch.next(PATIENCE))
        .isInstanceOf(HistoryLostException.class)
        .hasMessageContaining("revisions " + (first + 1) + " to ")
        .hasMessageContaining("maxJournalBytes");
    watch.goLive();
    churn.put("after", 1);
    assertThat(watch.next(PATIENCE).after()).containsEntry("after", 1).containsEntry("first", 1);
    watch.close();
  }

  @Test
  void shouldKnowWhatWasThereWhenItWasWrittenBeforeTheJournalBegins() {
    State<String, Object> old = context.state("old");
    State<String, Object> cleared = context.state("cleared");
    for (int i = 0; i < 100; i++) {
      old.put("k" + i, i);
      cleared.put("k" + i, i);
    }
    churn(3 * LIMIT);
    State<String, Object> late = old.fork();
    State<String, Object> lateCleared = cleared.fork();
    Map<String, Object> before = Map.copyOf(old.copy());
    old.put("k5", "new");
    old.remove("k6");
    cleared.put("k8", "new");
    cleared.clear();
    Update<String, Object> put = late.getRawUpdate(WatchOptions.buffered());
    assertThat(put.before()).isEqualTo(before);
    assertThat(put.after()).containsEntry("k5", "new").containsEntry("k6", 6).hasSize(100);
    assertThat(late.getRawUpdate(WatchOptions.buffered()).after()).doesNotContainKey("k6");
    assertThat(lateCleared.getRawUpdate(WatchOptions.buffered()).before()).isEqualTo(before);
    assertThat(lateCleared.getRawUpdate(WatchOptions.buffered()).after()).isEmpty();
  }
}
