package io.zproc.internal.map;

import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Asks nodes that have chunks of one task whether they are still there, and removes those that do
 * not answer for a while on the clock of who asks. For the thread that waits for results.
 */
final class NodeWatch {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * @param answer what the node has to have answered
   * @param askedNs when it was asked, on the clock of {@link System#nanoTime}
   */
  private record Question(long answer, long askedNs) {}

  private final Board board;
  private final TaskKeys task;
  private final Duration patience;
  private final Map<Long, Question> questions = new HashMap<>();

  NodeWatch(Board board, TaskKeys task, Duration patience) {
    this.board = board;
    this.task = task;
    this.patience = patience;
  }

  /** To be called now and then while nothing comes. */
  void check() {
    Set<Long> workers = claimants();
    if (workers.isEmpty()) {
      return;
    }
    for (int number : board.nodeDirectory().numbers()) {
      NodeKeys keys = new NodeKeys(number);
      Versioned<NodeRecord> node = Batch.read(board.nodes, keys.record);
      if (node.isPresent() && !Collections.disjoint(node.value().workers(), workers)) {
        check(keys, node);
      }
    }
  }

  private Set<Long> claimants() {
    Set<Long> workers = new HashSet<>();
    for (int i = 0; i < task.slots(); i++) {
      Slot slot = board.slots.get(task.slot(i));
      if (slot != null && slot.phase() == Phase.CLAIMED) {
        workers.add(slot.worker());
      }
    }
    return workers;
  }

  private void check(NodeKeys keys, Versioned<NodeRecord> node) {
    long id = node.value().id();
    Question question = questions.get(id);
    if (node.value().process().hasEnded()) {
      new NodeBook(board).remove(keys, id);
    } else if (question == null) {
      ask(keys, node);
    } else if (board.bells.read(keys.answered) >= question.answer()) {
      questions.remove(id);
    } else if (System.nanoTime() - question.askedNs() > patience.toNanos()) {
      new NodeBook(board).remove(keys, id);
      questions.remove(id);
    }
  }

  private void ask(NodeKeys keys, Versioned<NodeRecord> node) {
    Batch batch = board.batch().ifVersion(board.nodes, keys.record, node.version());
    if (batch.add(board.bells.state, keys.asked, 1).commit() != Batch.CONFLICT) {
      Question question = new Question(board.bells.read(keys.asked), System.nanoTime());
      questions.put(node.value().id(), question);
    }
  }
}
