package io.zproc.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets processes stand still ({@code SIGSTOP}) and go on. Done by a shell that outlives this JVM by
 * a moment: should this JVM be killed while some stand still, the shell sees the end of its input,
 * lets all of them go on so that they see the end of theirs, and removes the run's directory. For
 * one thread.
 */
public final class Freezer implements AutoCloseable {
  /** Reads pairs of lines: a signal and who gets it, and who stands still from then on. */
  private static final String SCRIPT =
      "trap '' HUP INT TERM; while read -r signal pids && read -r still; do"
          + " kill -\"$signal\" $pids 2>/dev/null; echo; done;"
          + " if [ -n \"$still\" ]; then kill -CONT $still 2>/dev/null; fi; rm -rf -- \"$1\"";

  private final Set<Long> known = new HashSet<>();
  private final Set<Long> stopped = new HashSet<>();
  private final Process shell;
  private final Writer commands;
  private final BufferedReader answers;

  private Freezer(Process shell) {
    this.shell = shell;
    commands = new OutputStreamWriter(shell.getOutputStream(), StandardCharsets.US_ASCII);
    answers =
        new BufferedReader(
            new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Starts the shell, which will remove the directory when this JVM has ended. */
  public static Freezer start(Path directory) throws IOException {
    return new Freezer(
        new ProcessBuilder("sh", "-c", SCRIPT, "freezer", directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Puts a process under control; it goes on until it is another's turn. */
  public void add(long pid) {
    known.add(pid);
  }

  /** Forgets a process, which goes on first. */
  public void remove(long pid) throws IOException {
    known.remove(pid);
    if (stopped.remove(pid)) {
      signal("CONT", Set.of(pid));
    }
  }

  /** Lets those go on, and all others stand still. */
  public void onlyRunning(Collection<Long> pids) throws IOException {
    Set<Long> stop = new HashSet<>(known);
    stop.removeAll(stopped);
    pids.forEach(stop::remove);
    stopped.addAll(stop);
    signal("STOP", stop);
    Set<Long> resume = new HashSet<>(pids);
    resume.retainAll(stopped);
    stopped.removeAll(resume);
    signal("CONT", resume);
  }

  /** Lets all stand still. */
  public void noneRunning() throws IOException {
    onlyRunning(Set.of());
  }

  private void signal(String name, Set<Long> pids) throws IOException {
    if (!pids.isEmpty()) {
      commands.write(name + " " + list(pids) + "\n" + list(stopped) + "\n");
      commands.flush();
      answers.readLine();
    }
  }

  private static String list(Set<Long> pids) {
    return pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  @Override
  public void close() throws IOException {
    Ending.of(shell);
  }
}
