package io.zproc.internal.map;

import java.util.List;

/** What a worker belongs to, and may work on because of that. For the worker's thread. */
interface Membership {

  /** The key of the record that holds the worker's id for as long as it may claim chunks. */
  String record();

  /** The worker's id. */
  long id();

  /** Which rings to look after when there was nothing to do. */
  String[] bells();

  /** The numbers of tasks to look at; null when there is nothing left to belong to. */
  List<Integer> tasks();

  /** Whether the worker is to end when there are no tasks. */
  boolean endsWithTasks();

  boolean admits(TaskRecord task);

  /**
   * Called when the function or items of a task can not be read.
   *
   * @return whether the task is left to others, from now on
   */
  boolean leaves(TaskRecord task, Throwable reason);
}
