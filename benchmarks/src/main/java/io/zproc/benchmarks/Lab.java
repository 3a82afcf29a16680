package io.zproc.benchmarks;

import io.zproc.benchmarks.process.Freezer;
import io.zproc.benchmarks.process.Workspace;
import io.zproc.benchmarks.race.Contestant;
import io.zproc.benchmarks.race.Pace;
import io.zproc.benchmarks.race.Race;
import io.zproc.benchmarks.race.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the suites of one run share, and where their results go. For one thread. */
public final class Lab implements AutoCloseable {
  private final Settings settings;
  private final Consumer<List<Row>> listener;
  private final Workspace workspace = Workspace.create();
  private final Freezer freezer = Freezer.start(workspace.directory());
  private final Floors floors;
  private final List<Row> rows = new ArrayList<>();

  /** Opens a lab that shows each group's rows to the listener as soon as they are there. */
  public Lab(Settings settings, Consumer<List<Row>> listener) throws IOException {
    this.settings = settings;
    this.listener = listener;
    floors = new Floors(workspace, freezer, settings.pinned());
  }

  public Settings settings() {
    return settings;
  }

  public Workspace workspace() {
    return workspace;
  }

  public Freezer freezer() {
    return freezer;
  }

  public Floors floors() {
    return floors;
  }

  /** All rows so far. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** Measures them against each other; their processes stand still afterwards. */
  public void race(String group, String strategy, List<Contestant> contestants) throws Exception {
    race(group, strategy, settings.pace(), contestants);
  }

  /** As {@link #race(String, String, List)}, at another pace. */
  public void race(String group, String strategy, Pace pace, List<Contestant> contestants)
      throws Exception {
    List<Row> measured;
    try {
      measured = Race.run(freezer, pace, group, strategy, contestants);
    } finally {
      freezer.noneRunning();
    }
    rows.addAll(measured);
    listener.accept(measured);
  }

  @Override
  public void close() throws IOException {
    try {
      floors.close();
      workspace.close();
    } finally {
      freezer.close();
    }
  }
}
