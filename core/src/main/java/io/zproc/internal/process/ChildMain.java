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

  private static final int FAILED = 1;

  private ChildMain() {}

  /** Ends the JVM in any case: threads of a context would keep it alive. */
  public static void main(String[] arguments) {
    ParentWatch parent = new ParentWatch();
    System.setIn(InputStream.nullInputStream());
    int code = FAILED;
    try {
      code = run(parent, arguments.length > 0);
    } catch (EOFException e) {
      code = ParentWatch.ORPHANED;
    } catch (IOException | RuntimeException | Error e) {
      Thread main = Thread.currentThread();
      main.getUncaughtExceptionHandler().uncaughtException(main, e);
    } finally {
      System.exit(ChildJvm.toExitStatus(code));
    }
  }

  private static int run(ParentWatch parent, boolean isSpare) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(parent.input()));
    ConnectionSettings settings = ConnectionSettings.read(in);
    Context context = settings.open();
    if (isSpare) {
      WarmUp.run(context);
      tellThatWarm();
    }
    Job job = Job.read(in);
    parent.watchInput();
    return new JobRunner(settings, context, job).run();
  }

  private static void tellThatWarm() throws IOException {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    out.write('\n');
    out.flush();
  }
}
