package io.zproc;

import java.io.Serializable;

/** What {@link CallWhen} calls, in a process of its own. */
@FunctionalInterface
public interface SnapshotHandler extends Serializable {

  /**
   * @param snapshot the state as the commit left it for which this is called
   * @param state of the same namespace; what is written through it does not call the handler again,
   *     unless {@link WatchOptions#includeOwn()} was given
   */
  void handle(Snapshot<String, Object> snapshot, State<String, Object> state) throws Exception;
}
