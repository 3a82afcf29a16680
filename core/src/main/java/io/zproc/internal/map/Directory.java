package io.zproc.internal.map;

import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.util.List;

/**
 * Where it is written which pools, or which nodes, there are. Stateless; several may change it at
 * the same time.
 *
 * @param key of the numbers, and of the bell that rings when there is another
 */
record Directory(Board board, String key) {

  List<Integer> numbers() {
    return read().value().taken();
  }

  /** Never absent, though its version may be that of what is not there. */
  Versioned<Numbers> read() {
    Versioned<Numbers> read = Batch.read(board.numbers, key);
    return read.isPresent() ? read : new Versioned<>(Numbers.NONE, 0);
  }

  /** Adds to a commit that takes the lowest free number as of {@code before}. */
  void take(Batch batch, Versioned<Numbers> before) {
    batch
        .ifVersion(board.numbers, key, before.version())
        .put(board.numbers, key, before.value().with(before.value().lowestFree()))
        .add(board.bells.state, key, 1);
  }

  /** Adds to a commit that gives a number back; an empty directory leaves nothing behind. */
  void giveBack(Batch batch, int number) {
    Versioned<Numbers> before = read();
    Numbers after = before.value().without(number);
    batch.ifVersion(board.numbers, key, before.version());
    if (after.taken().isEmpty()) {
      batch.remove(board.numbers, key).remove(board.bells.state, key);
    } else {
      batch.put(board.numbers, key, after);
    }
  }
}
