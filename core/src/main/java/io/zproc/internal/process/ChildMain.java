package io.zproc.internal.process;

import io.zproc.Context;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The main class of a child: reads how to connect, connects, reads its job, and runs it. See {@link
 * ChildJvm} for the parent's side.
 */
final class ChildMain {
  /** The argument of those that have to wait for their job. */
  static final String SPARE = "spare";

  private ChildMain() {}

  public static void main(String[] arguments) throws IOException {
    ParentWatch parent = new ParentWatch();
    System.setIn(InputStream.nullInputStream());
    DataInputStream in = new DataInputStream(new BufferedInputStream(parent.input()));
    int code;
    try {
      ConnectionSettings settings = ConnectionSettings.read(in);
      Context context = settings.open();
      if (arguments.length > 0) {
        WarmUp.run(context);
        tellThatWarm();
      }
      Job job = Job.read(in);
      parent.watchInput();
      code = new JobRunner(settings, context, job).run();
    } catch (EOFException e) {
      code = ParentWatch.ORPHANED;
    }
    System.exit(ChildJvm.toExitStatus(code));
  }

  private static void tellThatWarm() throws IOException {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    out.write('\n');
    out.flush();
  }
}
