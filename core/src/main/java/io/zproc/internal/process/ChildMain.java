package io.zproc.internal.process;

import io.zproc.Context;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The main class of a child: reads how to connect, connects, reads its job, and runs it. See {@link
 * ChildJvm} for the parent's side.
 */
final class ChildMain {
  private ChildMain() {}

  public static void main(String[] arguments) throws IOException {
    InputStream orders = new BufferedInputStream(System.in);
    System.setIn(InputStream.nullInputStream());
    DataInputStream in = new DataInputStream(orders);
    int code;
    try {
      ConnectionSettings settings = ConnectionSettings.read(in);
      Context context = settings.open();
      Job job = Job.read(in);
      ParentWatch.start(orders);
      code = new JobRunner(settings, context, job).run();
    } catch (EOFException e) {
      code = ParentWatch.ORPHANED;
    }
    System.exit(ChildJvm.toExitStatus(code));
  }
}
