package io.zproc.internal.process;

import io.zproc.Backend;
import io.zproc.Context;
import io.zproc.ProcessOptions;
import io.zproc.StatelessTarget;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.PlainCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * Does for nothing what a child does for a job, so that its classes are loaded before the job
 * comes. It leaves nothing in the state. Stateless.
 */
final class WarmUp {
  private static final String NOBODY = "";
  private static final int ROUNDS = 20;

  private WarmUp() {}

  static void run(Context context) throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      ProcessTable table = new ProcessTable(context);
      table.get(NOBODY);
      context.state().get(NOBODY);
      table.putOutcome(NOBODY, call(copy(job()), context));
      table.outcome(NOBODY);
      table.remove(NOBODY);
      copy(record()).running(0).toMap();
    }
  }

  private static ProcessRecord copy(ProcessRecord process) {
    ByteWriter out = new ByteWriter();
    PlainCodec.standard().encode(process.toMap(), out);
    ByteReader in = new ByteReader().wrap(out.array(), 0, out.position());
    return ProcessRecord.of((Map<?, ?>) PlainCodec.standard().decode(in));
  }

  private static ProcessRecord record() {
    return new ProcessRecord(
        NOBODY,
        0,
        ProcessIdentity.here(),
        Backend.PROCESS,
        ProcessState.STARTING,
        0,
        null,
        Instant.now());
  }

  private static Job copy(Job job) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    job.write(new DataOutputStream(bytes));
    return Job.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static Outcome call(Job job, Context context) {
    try {
      return Outcome.returned(job.kind().call(Serialization.read(job.targetAfter(0)), context));
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
