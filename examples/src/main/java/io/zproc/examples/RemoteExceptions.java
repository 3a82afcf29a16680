package io.zproc.examples;

import io.zproc.Context;
import io.zproc.ManagedProcess;
import io.zproc.ProcessWaitException;
import io.zproc.RemoteException;

/** What a process throws arrives where it is awaited, with its stack. */
public final class RemoteExceptions {
  private RemoteExceptions() {}

  static int crumble(int cookies) {
    return 10 / cookies;
  }

  public static void main(String[] args) {
    try (Context ctx = Context.open()) {
      ManagedProcess<Integer> process = ctx.process(state -> crumble(0));
      process.await();
    } catch (ProcessWaitException e) {
      RemoteException thrown = (RemoteException) e.getCause();
      System.out.println("exit code " + e.exitCode() + ": " + thrown.getMessage());
      System.out.println("thrown in " + thrown.getStackTrace()[0].getMethodName());
    }
  }
}
