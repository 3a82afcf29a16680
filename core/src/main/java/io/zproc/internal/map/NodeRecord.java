package io.zproc.internal.map;

import io.zproc.internal.process.ProcessIdentity;
import java.util.ArrayList;
import java.util.List;

/**
 * @param id never used twice
 * @param process that of the node
 * @param name what people know it by
 * @param workers the ids of its workers, by index; 0 before the first one
 */
record NodeRecord(long id, ProcessIdentity process, String name, List<Long> workers) {

  NodeRecord withWorker(int index, long worker) {
    List<Long> changed = new ArrayList<>(workers);
    changed.set(index, worker);
    return new NodeRecord(id, process, name, changed);
  }
}
