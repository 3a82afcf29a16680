package io.zproc.internal.process;

import io.zproc.Context;
import io.zproc.ContextTarget;
import io.zproc.ProcessTarget;
import io.zproc.StatelessTarget;

/** What a target is given. */
enum TargetKind {
  STATE(ProcessTarget.class) {
    @Override
    Object call(Object target, Context context) throws Exception {
      return ((ProcessTarget<?>) target).run(context.state());
    }
  },
  CONTEXT(ContextTarget.class) {
    @Override
    Object call(Object target, Context context) throws Exception {
      return ((ContextTarget<?>) target).run(context);
    }
  },
  NOTHING(StatelessTarget.class) {
    @Override
    Object call(Object target, Context context) throws Exception {
      return ((StatelessTarget<?>) target).run();
    }
  };

  private final Class<?> type;

  TargetKind(Class<?> type) {
    this.type = type;
  }

  abstract Object call(Object target, Context context) throws Exception;

  /**
   * @throws IllegalArgumentException when the target is of another kind
   */
  void check(Object target) {
    if (!type.isInstance(target)) {
      throw new IllegalArgumentException(
          "the target on retry has to be a " + type.getSimpleName() + ", as the first one");
    }
  }
}
