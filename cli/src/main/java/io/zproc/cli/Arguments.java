package io.zproc.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The arguments of this process. Where no locale is set, as in many containers, Java takes them for
 * ASCII and loses every other character; the operating system still has the bytes, and we read them
 * as UTF-8. Stateless.
 */
final class Arguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final char LOST = '\uFFFD';

  private Arguments() {}

  static String[] asTyped(String[] args) {
    boolean whole = Arrays.stream(args).noneMatch(arg -> arg.indexOf(LOST) >= 0);
    return whole || isUtf8() ? args : reread(args);
  }

  private static boolean isUtf8() {
    String name = System.getProperty("sun.jnu.encoding", "UTF-8");
    return Charset.isSupported(name) && StandardCharsets.UTF_8.equals(Charset.forName(name));
  }

  private static String[] reread(String[] args) {
    try {
      String text = new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.UTF_8);
      String[] all = text.split("\0", -1);
      int end = all.length - 1;
      return end < args.length ? args : Arrays.copyOfRange(all, end - args.length, end);
    } catch (IOException e) {
      return args;
    }
  }
}
