package io.zproc;

import java.util.Objects;

/**
 * A map that workers are at: a short text that any process of the same server can turn into results
 * by {@link ItemMapper#pullResults(String)}. Immutable.
 *
 * @param id the text
 */
public record MapTask(String id) {
  public MapTask {
    Objects.requireNonNull(id, "id");
  }

  /** The text. */
  @Override
  public String toString() {
    return id;
  }
}
