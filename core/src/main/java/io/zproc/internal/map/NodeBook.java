package io.zproc.internal.map;

import io.zproc.internal.state.Batch;
import io.zproc.internal.state.Versioned;
import java.util.HashSet;

/** Registers and removes nodes. Stateless; any process may remove a node that is gone. */
final class NodeBook {
  private final Board board;
  private final Directory nodes;

  NodeBook(Board board) {
    this.board = board;
    this.nodes = board.nodeDirectory();
  }

  /** Gives a node the lowest free number; removes nodes of this host that have ended on the way. */
  NodeKeys register(NodeRecord node) {
    removeEnded();
    while (true) {
      Versioned<Numbers> before = nodes.read();
      NodeKeys keys = new NodeKeys(before.value().lowestFree());
      Batch batch = board.batch().put(board.nodes, keys.record, node);
      batch.put(board.bells.state, keys.asked, 0L).put(board.bells.state, keys.answered, 0L);
      nodes.take(batch, before);
      if (batch.commit() != Batch.CONFLICT) {
        return keys;
      }
    }
  }

  /** Removes nodes that are known to have ended. */
  void removeEnded() {
    for (int number : nodes.numbers()) {
      NodeKeys keys = new NodeKeys(number);
      NodeRecord node = board.nodes.get(keys.record);
      if (node != null && node.process().hasEnded()) {
        remove(keys, node.id());
      }
    }
  }

  /**
   * Announces a worker, which may claim chunks from then on.
   *
   * @return whether the node is still registered
   */
  boolean enlist(NodeTicket ticket) {
    NodeKeys keys = new NodeKeys(ticket.node());
    while (true) {
      Versioned<NodeRecord> node = Batch.read(board.nodes, keys.record);
      if (!node.isPresent() || node.value().id() != ticket.nodeId()) {
        return false;
      }
      Batch batch = board.batch().ifVersion(board.nodes, keys.record, node.version());
      batch.put(board.nodes, keys.record, node.value().withWorker(ticket.index(), ticket.id()));
      batch.put(board.workers, ticket.record(), ticket.id());
      if (batch.commit() != Batch.CONFLICT) {
        return true;
      }
    }
  }

  /** How many workers all nodes have together. */
  int countWorkers() {
    int count = 0;
    for (int number : nodes.numbers()) {
      NodeRecord node = board.nodes.get(new NodeKeys(number).record);
      count += node == null ? 0 : node.workers().size();
    }
    return count;
  }

  /**
   * Removes a node that is gone and gives to others what its workers have claimed, unless that is
   * done already. First the workers, which can claim nothing from then on; last the node, of which
   * others know that there is something to be done, should this process end in between.
   */
  void remove(NodeKeys keys, long id) {
    remove(keys, id, new Release(board, true));
  }

  /** The same, for the node itself. */
  void leave(NodeKeys keys, long id) {
    remove(keys, id, Release.stopped(board));
  }

  private void remove(NodeKeys keys, long id, Release release) {
    while (true) {
      Versioned<NodeRecord> node = Batch.read(board.nodes, keys.record);
      if (!node.isPresent() || node.value().id() != id) {
        return;
      }
      for (int index = 0; index < node.value().workers().size(); index++) {
        board.workers.remove(keys.worker(index), node.value().workers().get(index));
      }
      release.ofAllPools(new HashSet<>(node.value().workers()));
      if (tryRemove(keys, node)) {
        return;
      }
    }
  }

  private boolean tryRemove(NodeKeys keys, Versioned<NodeRecord> node) {
    Batch batch = board.batch().ifVersion(board.nodes, keys.record, node.version());
    batch.remove(board.nodes, keys.record);
    batch.remove(board.bells.state, keys.asked).remove(board.bells.state, keys.answered);
    nodes.giveBack(batch, keys.number);
    return batch.commit() != Batch.CONFLICT;
  }
}
