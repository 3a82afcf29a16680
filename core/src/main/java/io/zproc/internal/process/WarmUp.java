package io.zproc.internal.process;

import io.zproc.Context;
import io.zproc.ProcessOptions;
import io.zproc.StatelessTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Does once, for nothing, what a child does for a job, so that its classes are loaded before the
 * job comes. Changes nothing in the state: it reads and removes what is not there. Stateless.
 */
final class WarmUp {
  private static final String NOBODY = "";

  private WarmUp() {}

  static void run(Context context) throws IOException {
    ProcessTable table = new ProcessTable(context);
    table.get(NOBODY);
    table.outcome(NOBODY);
    table.remove(NOBODY);
    context.state().get(NOBODY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    job().write(new DataOutputStream(bytes));
    Job job = Job.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    try {
      Outcome.returned(job.kind().call(Serialization.read(job.targetAfter(0)), context)).toMap();
    } catch (Exception e) {
      throw new AssertionError("the target of this class fails", e);
    }
  }

  private static Job job() {
    StatelessTarget<String> target = () -> NOBODY;
    return new Job(
        NOBODY,
        NOBODY,
        TargetKind.NOTHING,
        TargetWriter.write(target),
        null,
        RetryPolicy.of(ProcessOptions.defaults()),
        0);
  }
}
