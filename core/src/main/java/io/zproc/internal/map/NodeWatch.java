package io.zproc.internal.map;

import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Asks nodes that have claimed chunks whether they are still there, and removes those that do not
 * answer for a while on the clock of who asks. For one thread, which waits for results or work.
 */
final class NodeWatch {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * @param answer what the node has to have answered
   * @param askedNs when it was asked, on the clock of {@link System#nanoTime}
   */
  private record Question(long answer, long askedNs) {}

  private final Board board;
  private final Duration patience;
  private final Map<Long, Question> questions = new HashMap<>();

  NodeWatch(Board board, Duration patience) {
    this.board = board;
    this.patience = patience;
  }

  /**
   * To be called now and then while nothing comes.
   *
   * @param workers the ids of those who have claimed what is waited for
   */
  void check(Set<Long> workers) {
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
