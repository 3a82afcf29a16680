package io.zproc.internal.map;

import java.io.Serializable;

/**
 * By which a worker of a node is known. It travels to the worker's process.
 *
 * @param node the number of its node
 * @param nodeId the id of its node
 * @param index the worker's number in the node
 * @param id the worker's own, never used twice
 */
record NodeTicket(int node, long nodeId, int index, long id) implements Serializable {

  String record() {
    return new NodeKeys(node).worker(index);
  }
}
