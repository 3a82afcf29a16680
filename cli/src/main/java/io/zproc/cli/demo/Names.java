package io.zproc.cli.demo;

/** Keys and namespaces that the processes of the demo agree on. */
final class Names {
  /** How many peanuts there are, and when by {@link System#nanoTime} the last one was made. */
  static final String PEANUTS = "peanuts";

  static final String MADE_AT = "made_at";

  /** In {@link #RESULTS}: set by the parent once all children are ready. */
  static final String GO = "go";

  /** In {@link #RESULTS}: set by the generator when it has made all peanuts. */
  static final String DONE = "done";

  /** The namespace of what the processes tell each other about the demo itself. */
  static final String RESULTS = "results";

  private Names() {}

  static String ready(Role role) {
    return "ready." + role.label();
  }

  static String report(Role role) {
    return "report." + role.label();
  }
}
