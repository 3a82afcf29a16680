package io.zproc.internal.jvm;

/** Main class of a child: prints its arguments, its directory, and what it was asked for. */
public final class Probe {
  private Probe() {}

  public static void main(String[] args) {
    System.out.println(String.join(",", args));
    System.out.println(System.getProperty("probe"));
    if (args.length > 0 && args[0].equals("open")) {
      Opens.open();
      System.out.println(Object.class.getModule().isOpen("java.lang", Probe.class.getModule()));
      System.out.println(System.getProperty("chronicle.analytics.disable"));
      System.out.println(System.getProperty("chronicle.announcer.disable"));
    }
  }
}
