package io.zproc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zproc.Change;
import io.zproc.ClosedException;
import io.zproc.Snapshot;
import io.zproc.State;
import io.zproc.Update;
import io.zproc.Watch;
import io.zproc.WatchOptions;
import io.zproc.ZProcTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Watching, whatever the transport. */
public abstract class WatchContract extends Contract {
  private static final WatchOptions BUFFERED = WatchOptions.buffered().timeout(SOON);
  private static final WatchOptions LIVE = WatchOptions.live().timeout(SOON);
  private static final WatchOptions BRIEF = WatchOptions.buffered().timeout(BRIEFLY);

  @Test
  void shouldGiveEachUpdateInOrderWhenBuffered() {
    other.put("a", 1);
    other.put("a", 2);
    other.remove("a");
    Update<String, Object> first = state.getRawUpdate(BUFFERED);
    assertThat(first.before()).isEmpty();
    assertThat(first.after()).isEqualTo(Map.of("a", 1));
    assertThat(first.isIdentical()).isFalse();
    assertThat(first.timestamp()).isNotNull();
    Update<String, Object> second = state.getRawUpdate(BUFFERED);
    assertThat(second.before()).isEqualTo(Map.of("a", 1));
    assertThat(second.after()).isEqualTo(Map.of("a", 2));
    assertThat(second.revision()).isEqualTo(first.revision() + 1);
    assertThat(second.after().revision()).isEqualTo(second.revision());
    Update<String, Object> third = state.getRawUpdate(BUFFERED);
    assertThat(third.after()).isEmpty();
    assertThatThrownBy(() -> state.getRawUpdate(BRIEF)).isInstanceOf(ZProcTimeoutException.class);
  }

  @Test
  void shouldListChangesOfACommit() {
    other.putAll(Map.of("same", 1, "changed", 1, "gone", 1));
    state.goLive();
    other.atomic(
        tx -> {
          tx.put("same", 1);
          tx.put("changed", 2);
          tx.remove("gone");
          return tx.put("new", null);
        });
    Update<String, Object> update = state.getRawUpdate(BUFFERED);
    Map<String, Change<String, Object>> rows = new LinkedHashMap<>();
    update.changes().forEach(change -> rows.put(change.key(), change));
    assertThat(rows).containsOnlyKeys("same", "changed", "gone", "new");
    assertThat(rows.get("same").isIdentical()).isTrue();
    assertThat(rows.get("changed").before()).isEqualTo(1);
    assertThat(rows.get("changed").after()).isEqualTo(2);
    assertThat(rows.get("gone").isPresent()).isFalse();
    assertThat(rows.get("gone").after()).isNull();
    assertThat(rows.get("new").wasPresent()).isFalse();
    assertThat(rows.get("new").isPresent()).isTrue();
    assertThat(rows.get("new").isIdentical()).isFalse();
  }

  @Test
  void shouldGiveNetDifferenceWhenEverythingIsReplaced() {
    other.putAll(Map.of("same", 1, "changed", 1, "gone", 1));
    state.goLive();
    other.set(Map.of("same", 1, "changed", 2, "new", 3));
    Update<String, Object> update = state.getRawUpdate(BUFFERED);
    assertThat(update.before()).isEqualTo(Map.of("same", 1, "changed", 1, "gone", 1));
    assertThat(update.after()).isEqualTo(Map.of("same", 1, "changed", 2, "new", 3));
    assertThat(update.changes().stream().filter(c -> !c.isIdentical()).map(Change::key))
        .containsExactlyInAnyOrder("changed", "gone", "new");
    other.set(Map.of("same", 1, "changed", 2, "new", 3));
    assertThatThrownBy(() -> state.getRawUpdate(BRIEF)).isInstanceOf(ZProcTimeoutException.class);
  }

  @Test
  void shouldWakeWhenWaiting() throws Exception {
    Future<Snapshot<String, Object>> waiting = start(() -> state.getWhenChange(BUFFERED, "a"));
    Future<Snapshot<String, Object>> live = start(() -> state.getWhenEqual("a", 2, LIVE));
    other.put("b", 1);
    other.put("a", 2);
    assertThat(waiting.get(20, TimeUnit.SECONDS)).containsEntry("a", 2);
    assertThat(live.get(20, TimeUnit.SECONDS)).containsEntry("a", 2);
  }

  @Test
  void shouldSkipDuplicatesUnlessAskedFor() {
    other.put("a", 1);
    state.goLive();
    other.put("a", 1);
    assertThatThrownBy(() -> state.getRawUpdate(BRIEF)).isInstanceOf(ZProcTimeoutException.class);
    other.put("a", 1);
    Update<String, Object> update = state.getRawUpdate(BUFFERED.duplicateOkay());
    assertThat(update.isIdentical()).isTrue();
    assertThat(update.changes()).hasSize(1);
    other.put("a", 1);
    assertThat(state.getWhenChange(BUFFERED.duplicateOkay(), "a")).containsEntry("a", 1);
  }

  @Test
  void shouldTakeEqualMapsInOtherOrderForDuplicates() {
    other.put("m", orderedMap("a", "b"));
    state.goLive();
    other.put("m", orderedMap("b", "a"));
    assertThatThrownBy(() -> state.getRawUpdate(BRIEF)).isInstanceOf(ZProcTimeoutException.class);
    other.put("m", orderedMap("b", "c"));
    assertThat(state.getRawUpdate(BUFFERED).isIdentical()).isFalse();
  }

  private static Map<String, Integer> orderedMap(String... keys) {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (String key : keys) {
      map.put(key, (int) key.charAt(0));
    }
    return map;
  }

  @Test
  void shouldSkipOwnUpdatesUnlessAskedFor() {
    state.put("a", 1);
    assertThatThrownBy(() -> state.getRawUpdate(BRIEF)).isInstanceOf(ZProcTimeoutException.class);
    state.put("a", 2);
    assertThat(state.getRawUpdate(BUFFERED.includeOwn()).after()).containsEntry("a", 2);
    State<String, Object> fork = state.fork();
    fork.put("a", 3);
    assertThat(state.getRawUpdate(BUFFERED).before()).containsEntry("a", 2);
  }

  @Test
  void shouldWatchOnlyTheKeysGiven() {
    other.put("b", 1);
    other.put("a", 1);
    other.put("b", 2);
    assertThat(state.getWhenChange(BUFFERED, "a", "c")).isEqualTo(Map.of("a", 1, "b", 1));
    assertThatThrownBy(() -> state.getWhenChange(BRIEF, "a"))
        .isInstanceOf(ZProcTimeoutException.class)
        .hasMessageContaining("50 ms")
        .hasMessageContaining("[a]")
        .hasMessageContaining(state.namespace());
  }

  @Test
  void shouldWatchAllButTheKeysExcluded() {
    other.put("a", 1);
    other.putAll(Map.of("a", 2, "b", 2));
    assertThat(state.getWhenChange(BUFFERED.excludeKeys(), "a")).isEqualTo(Map.of("a", 2, "b", 2));
    other.put("a", 3);
    assertThatThrownBy(() -> state.getWhenChange(BRIEF.excludeKeys(), "a"))
        .isInstanceOf(ZProcTimeoutException.class);
    other.put("a", 4);
    assertThat(state.getWhenChange(BUFFERED.excludeKeys())).containsEntry("a", 4);
  }

  @Test
  void shouldNotSeeOtherNamespaces() {
    other.fork(state.namespace() + "-2").put("a", 1);
    assertThatThrownBy(() -> state.getRawUpdate(BRIEF)).isInstanceOf(ZProcTimeoutException.class);
  }

  @Test
  void shouldSkipBacklogWhenGoneLive() {
    other.put("a", 1);
    state.getRawUpdate(BUFFERED);
    other.put("a", 2);
    state.goLive();
    other.put("a", 3);
    Update<String, Object> update = state.getRawUpdate(BUFFERED);
    assertThat(update.before()).containsEntry("a", 2);
    assertThat(update.after()).containsEntry("a", 3);
  }

  @Test
  void shouldLeaveBufferedCursorAloneWhenLive() {
    other.put("a", 1);
    assertThatThrownBy(() -> state.getRawUpdate(WatchOptions.live().timeout(BRIEFLY)))
        .isInstanceOf(ZProcTimeoutException.class);
    assertThat(state.getRawUpdate(BUFFERED).after()).containsEntry("a", 1);
  }

  @Test
  void shouldTestTheCurrentStateFirstAndThenLeaveTheCursor() {
    other.put("a", 1);
    other.put("a", 2);
    assertThat(state.getWhen(s -> s.get("a") != null, BUFFERED)).containsEntry("a", 2);
    assertThat(state.getWhenEqual("a", 2, BUFFERED)).containsEntry("a", 2);
    assertThat(state.getWhenNotEqual("a", 1, BUFFERED)).containsEntry("a", 2);
    assertThat(state.getWhenNotNone("a", BUFFERED)).containsEntry("a", 2);
    assertThat(state.getWhenAvailable("a", BUFFERED)).containsEntry("a", 2);
    assertThat(state.getWhenNone("b", BUFFERED)).containsEntry("a", 2);
    assertThat(state.getRawUpdate(BUFFERED).after()).containsEntry("a", 1);
  }

  @Test
  void shouldFindPastStateWhenBufferedAndCurrentDoesNotHold() {
    other.put("a", 1);
    other.put("a", 2);
    other.put("a", 3);
    assertThat(state.getWhenEqual("a", 2, BUFFERED)).isEqualTo(Map.of("a", 2));
    assertThat(state.getWhen(s -> s.get("a").equals(3))).isEqualTo(Map.of("a", 3));
    assertThatThrownBy(() -> state.getWhenEqual("a", 1, BRIEF))
        .isInstanceOf(ZProcTimeoutException.class)
        .hasMessageContaining("key a to be equal to 1");
  }

  @Test
  void shouldTellNoneFromAvailable() throws Exception {
    assertThat(state.getWhenNone("a", LIVE)).isEmpty();
    other.put("a", null);
    assertThat(state.getWhenAvailable("a", LIVE)).containsEntry("a", null);
    assertThat(state.getWhenNone("a", LIVE)).containsKey("a");
    assertThat(state.getWhenEqual("a", null, LIVE)).containsKey("a");
    Future<Snapshot<String, Object>> waiting = start(() -> state.getWhenNotNone("a", LIVE));
    other.put("a", 1);
    assertThat(waiting.get(20, TimeUnit.SECONDS)).containsEntry("a", 1);
    Future<Snapshot<String, Object>> none = start(() -> state.getWhenNone("a", LIVE));
    other.remove("a");
    assertThat(none.get(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void shouldWakeForAnyKeyWhenOwnUpdateMadeItTrue() throws Exception {
    Future<Snapshot<String, Object>> waiting = start(() -> state.getWhenEqual("a", 1, BUFFERED));
    assertThat(waiting).isNotDone();
    state.put("a", 1);
    if (!waiting.isDone()) {
      other.put("b", 1);
    }
    assertThat(waiting.get(20, TimeUnit.SECONDS)).containsEntry("a", 1);
  }

  @Test
  void shouldBeginWhereItWasOpenedWhenChangedBeforeFirstUse() {
    other.putAll(Map.of("kept", 0, "changed", 0, "gone", 0));
    State<String, Object> fork = state.fork();
    other.put("changed", 1);
    other.put("changed", 2);
    other.remove("gone");
    other.put("new", 1);
    other.put("gone", 3);
    Update<String, Object> first = fork.getRawUpdate(BUFFERED);
    assertThat(first.before()).isEqualTo(Map.of("kept", 0, "changed", 0, "gone", 0));
    assertThat(first.after()).isEqualTo(Map.of("kept", 0, "changed", 1, "gone", 0));
  }

  @Test
  void shouldBeginWhereItWasOpenedWhenClearedBeforeFirstUse() {
    other.putAll(Map.of("kept", 0, "changed", 0));
    State<String, Object> fork = state.fork();
    other.put("changed", 1);
    other.clear();
    other.put("new", 1);
    Update<String, Object> first = fork.getRawUpdate(BUFFERED);
    assertThat(first.before()).isEqualTo(Map.of("kept", 0, "changed", 0));
    assertThat(fork.getRawUpdate(BUFFERED).after()).isEmpty();
    assertThat(fork.getRawUpdate(BUFFERED).after()).isEqualTo(Map.of("new", 1));
  }

  /** Each change comes at about the moment at which the watcher goes to sleep. */
  @Test
  void shouldMissNoChangeWhenEachIsAnsweredByAnother() throws Exception {
    int trips = 1_000;
    Watch<String, Object> pings = other.watch(BUFFERED, "ping");
    Watch<String, Object> pongs = state.watch(BUFFERED, "pong");
    Future<?> echo =
        start(
            () -> {
              for (int i = 0; i < trips; i++) {
                other.put("pong", pings.next().after().get("ping"));
              }
              return null;
            });
    for (int i = 0; i < trips; i++) {
      state.put("ping", i);
      assertThat(pongs.next().after().get("pong")).isEqualTo(i);
    }
    echo.get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldMissNothingWhenManyChangesComeAtOnce() throws Exception {
    Watch<String, Object> watch = state.watch();
    int threads = 3;
    Future<?> writers =
        start(
            () -> {
              inParallel(
                  threads,
                  () -> {
                    for (int i = 0; i < 200; i++) {
                      other.add("n", 1);
                    }
                    return null;
                  });
              return null;
            });
    long revision = watch.revision();
    for (long i = 1; i <= threads * 200L; i++) {
      Update<String, Object> update = watch.next(SOON);
      assertThat(update.after()).containsEntry("n", i);
      assertThat(update.revision()).isGreaterThan(revision);
      revision = update.revision();
    }
    writers.get(20, TimeUnit.SECONDS);
    assertThat(watch.poll()).isNull();
    assertThat(watch.lag()).isZero();
    watch.close();
  }

  @Test
  void shouldBeginAtRevisionWhenAskedTo() {
    other.put("a", 1);
    long then = state.revision();
    other.put("a", 2);
    other.put("a", 3);
    try (Watch<String, Object> watch = state.watchAll(BUFFERED.fromRevision(then))) {
      assertThat(watch.revision()).isEqualTo(then);
      assertThat(watch.lag()).isEqualTo(2);
      assertThat(watch.next().before()).isEqualTo(Map.of("a", 1));
      assertThat(watch.next().after()).isEqualTo(Map.of("a", 3));
      assertThat(watch.poll()).isNull();
    }
    assertThatThrownBy(() -> state.watchAll(BUFFERED.fromRevision(then + 1_000_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldGiveOnlyWhatComesLaterWhenWatchIsLive() throws Exception {
    try (Watch<String, Object> watch = state.watch(LIVE, "a")) {
      other.put("a", 1);
      Future<Update<String, Object>> next = start(watch::next);
      Future<?> writer = start(() -> putUntilDone(next));
      assertThat(next.get(20, TimeUnit.SECONDS).before()).containsKey("a");
      writer.get(20, TimeUnit.SECONDS);
    }
  }

  private Object putUntilDone(Future<?> done) {
    for (int i = 2; !done.isDone(); i++) {
      other.put("a", i);
    }
    return null;
  }

  @Test
  void shouldDrainEveryChangeWithoutSnapshotsAndGoOn() {
    other.put("cleared", 0);
    Watch<String, Object> watch = state.watch();
    other.put("a", 1);
    state.put("a", 1);
    other.remove("a");
    other.put("a", 1);
    other.set(Map.of("b", 2));
    List<String> seen = new ArrayList<>();
    long count =
        watch.drain((revision, key, value, present) -> seen.add(key + "=" + value + present));
    assertThat(count).isEqualTo(6);
    assertThat(seen)
        .containsExactly(
            "a=1true", "a=1true", "a=nullfalse", "a=1true", "null=nullfalse", "b=2true");
    other.put("c", 3);
    Update<String, Object> update = watch.next(SOON);
    assertThat(update.before()).isEqualTo(Map.of("b", 2));
    assertThat(update.after()).isEqualTo(Map.of("b", 2, "c", 3));
    assertThat(watch.drain((revision, key, value, present) -> seen.clear())).isZero();
  }

  @Test
  void shouldEndWaitingWhenClosed() throws Exception {
    Watch<String, Object> watch = state.watch();
    Future<?> next = start(watch::next);
    Watch<String, Object> streamed = state.watch();
    Future<Long> stream = start(() -> streamed.stream().limit(1).count());
    Future<?> buffered = start(() -> state.getRawUpdate(WatchOptions.buffered()));
    Future<?> live = start(() -> state.getRawUpdate(WatchOptions.live()));
    assertThat(watch.hasNext()).isTrue();
    watch.close();
    watch.close();
    assertThat(watch.hasNext()).isFalse();
    assertClosed(next);
    assertThatThrownBy(watch::poll).isInstanceOf(ClosedException.class);
    state.close();
    assertClosed(buffered);
    assertClosed(live);
    context.close();
    assertThat(stream.get(20, TimeUnit.SECONDS)).isZero();
  }

  private static void assertClosed(Future<?> future) {
    assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClosedException.class);
  }

  @Test
  void shouldPublishAsManyAsRequested() throws Exception {
    Watch<String, Object> watch = state.watch();
    Collector collector = new Collector();
    watch.publisher().subscribe(collector);
    collector.started.await();
    other.put("a", 1);
    other.put("a", 2);
    other.put("a", 3);
    collector.subscription.request(2);
    assertThat(collector.take()).isEqualTo(Map.of("a", 1));
    assertThat(collector.take()).isEqualTo(Map.of("a", 2));
    assertThat(collector.received.poll(50, TimeUnit.MILLISECONDS)).isNull();
    collector.subscription.request(1);
    assertThat(collector.take()).isEqualTo(Map.of("a", 3));
    collector.subscription.request(Long.MAX_VALUE);
    watch.close();
    assertThat(collector.take()).isEqualTo("complete");
  }

  @Test
  void shouldPublishToOneSubscriberOnly() throws Exception {
    try (Watch<String, Object> watch = state.watch()) {
      Collector first = new Collector();
      Collector second = new Collector();
      watch.publisher().subscribe(first);
      watch.publisher().subscribe(second);
      assertThat(second.take()).isInstanceOf(IllegalStateException.class);
      first.started.await();
      first.subscription.request(0);
      assertThat(first.take()).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldStopPublishingWhenCancelled() throws Exception {
    try (Watch<String, Object> watch = state.watch()) {
      Collector collector = new Collector();
      watch.publisher().subscribe(collector);
      collector.started.await();
      collector.subscription.request(10);
      other.put("a", 1);
      assertThat(collector.take()).isEqualTo(Map.of("a", 1));
      collector.subscription.cancel();
      eventually(
          "its thread ends",
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(t -> t.getName().equals("zproc-watch-" + state.namespace())));
      other.put("a", 2);
      assertThat(watch.next(SOON).after()).isEqualTo(Map.of("a", 2));
      assertThat(collector.received).isEmpty();
    }
  }

  @Test
  void shouldRefuseNegativeTimeouts() {
    assertThatThrownBy(
            () -> state.getRawUpdate(WatchOptions.buffered().timeout(Duration.ofSeconds(-1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Puts what it gets into a queue: snapshots, the error, or the word complete. */
  private static final class Collector implements Flow.Subscriber<Update<String, Object>> {
    final LinkedBlockingQueue<Object> received = new LinkedBlockingQueue<>();
    final CountDownLatch started = new CountDownLatch(1);
    volatile Flow.Subscription subscription;

    Object take() throws InterruptedException {
      return received.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      started.countDown();
    }

    @Override
    public void onNext(Update<String, Object> update) {
      received.add(update.after());
    }

    @Override
    public void onError(Throwable e) {
      received.add(e);
    }

    @Override
    public void onComplete() {
      received.add("complete");
    }
  }
}
