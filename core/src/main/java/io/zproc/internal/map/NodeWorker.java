package io.zproc.internal.map;

import io.zproc.ClosedException;
import io.zproc.Context;
import io.zproc.ZProcException;
import io.zproc.internal.admission.Admission;
import io.zproc.internal.process.ProcessIdentity;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node's worker does in its process. It reads nothing from the state but through the
 * admission; other streams of the process pass it, too.
 *
 * @param node who the worker works for, for people to read
 * @param allowed the patterns of classes that its operator listed
 */
record NodeWorker(NodeTicket ticket, String node, List<String> allowed) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeWorker.class);

  /** Returns when the worker is dismissed, also when it never belonged to the node. */
  Void run(Context context) {
    Admission admission = new Admission(node, allowed);
    if (ObjectInputFilter.Config.getSerialFilter() == null) { // or the operator's own
      ObjectInputFilter.Config.setSerialFilter(admission.filter());
    }
    Board board = new Board(context);
    NodeRecord record = board.nodes.get(new NodeKeys(ticket.node()).record);
    if (record == null || record.id() != ticket.nodeId()) {
      return null;
    }
    Thread hook = new Thread(() -> release(board, record.process()), "zproc-orphan-hook");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      new Worker(context, board, new NodeMembership(board, ticket), admission::read).run();
    } catch (ClosedException e) {
      LOG.debug("worker {} ends with its context", ticket.index());
    }
    return null;
  }

  /** What the node does, if it was killed and this process ends because of that. */
  private void release(Board board, ProcessIdentity nodeProcess) {
    try {
      boolean isEnlisted = Long.valueOf(ticket.id()).equals(board.workers.get(ticket.record()));
      if (isEnlisted && OrphanHook.endsSoon(nodeProcess)) {
        Release.stopped(board).workerDied(ticket);
      }
    } catch (ZProcException e) {
      LOG.debug("worker {} leaves its claim to others", ticket.index(), e);
    }
  }
}
