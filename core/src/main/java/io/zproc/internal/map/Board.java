package io.zproc.internal.map;

import io.zproc.Context;
import io.zproc.State;
import io.zproc.internal.state.Batch;

/**
 * The states that maps are kept in, one for each kind of value. Thread-safe; lives as long as the
 * context.
 */
final class Board {
  static final String NAMESPACE = "zproc.map";
  static final String BELLS = "zproc.map.bells";

  final State<String, PoolRecord> pools;
  final State<String, NodeRecord> nodes;
  final State<String, Numbers> numbers;
  final State<String, Long> workers;
  final State<String, TaskRecord> tasks;
  final State<String, Slot> slots;
  final State<String, byte[]> data;
  final Bells bells;

  Board(Context context) {
    pools = context.state(NAMESPACE, String.class, PoolRecord.class);
    nodes = context.state(NAMESPACE, String.class, NodeRecord.class);
    numbers = context.state(NAMESPACE, String.class, Numbers.class);
    workers = context.state(NAMESPACE, String.class, Long.class);
    tasks = context.state(NAMESPACE, String.class, TaskRecord.class);
    slots = context.state(NAMESPACE, String.class, Slot.class);
    data = context.state(NAMESPACE, String.class, byte[].class);
    bells = new Bells(context.state(BELLS, String.class, Long.class));
  }

  Directory poolDirectory() {
    return new Directory(this, "pools");
  }

  Directory nodeDirectory() {
    return new Directory(this, "nodes");
  }

  Batch batch() {
    return Batch.through(bells.state);
  }
}
