package io.zproc.cli.demo;

import java.util.List;
import java.util.Locale;

/** What a child process of the demo does. */
enum Role {
  GENERATOR,
  LIVE,
  BUFFERED,
  HYBRID;

  static final List<Role> CONSUMERS = List.of(LIVE, BUFFERED, HYBRID);

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
