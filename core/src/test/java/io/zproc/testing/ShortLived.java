package io.zproc.testing;

import io.zproc.ProcessOptions;

/** For processes that live for a second or two, too short to compile well. */
public final class ShortLived {
  /** A flag of their JVMs. */
  public static final String JVM_FLAG = "-XX:TieredStopAtLevel=1";

  public static final ProcessOptions PROCESSES = ProcessOptions.defaults().jvmFlags(JVM_FLAG);

  private ShortLived() {}
}
