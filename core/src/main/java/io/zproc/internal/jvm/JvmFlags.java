package io.zproc.internal.jvm;

import java.util.ArrayList;
import java.util.List;

/**
 * Flags by JDK version. The {@code zproc} script at the top of the project has the same ones.
 * Stateless.
 */
final class JvmFlags {
  private JvmFlags() {}

  /** Fast start, little idle work, and no warnings about what Chronicle is known to do. */
  static List<String> common() {
    List<String> flags = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData"));
    if (Runtime.version().feature() >= 24) {
      flags.add("--enable-native-access=ALL-UNNAMED");
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return flags;
  }

  /** {@code flag} uses or writes a class archive; a bad one is ignored, without a word. */
  static List<String> archive(String flag) {
    List<String> flags = new ArrayList<>(List.of(flag, "-Xshare:auto", "-Xlog:cds*=off"));
    flags.add("-XX:+VerifySharedSpaces");
    if (Runtime.version().feature() >= 24) {
      flags.add("-Xlog:aot*=off");
    }
    return flags;
  }
}
