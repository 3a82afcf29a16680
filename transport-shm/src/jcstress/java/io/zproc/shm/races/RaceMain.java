package io.zproc.shm.races;

import java.util.Set;
import java.util.TreeSet;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * Runs the races. Fails when one ended as it must not, which jcstress does too, but also when one
 * did not run, which jcstress passes over. The arguments are those of jcstress.
 */
public final class RaceMain {
  private RaceMain() {}

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    if (!options.parse()) {
      System.exit(1);
    }
    JCStress jcstress = new JCStress(options);
    jcstress.run();
    requireRun(jcstress.getTests(), options.getResultFile());
  }

  private static void requireRun(Set<String> races, String resultFile) throws Exception {
    Set<String> missing = new TreeSet<>(races);
    InProcessCollector results = new InProcessCollector();
    new DiskReadCollector(resultFile, results).dump();
    for (TestResult result : results.getTestResults()) {
      if (result.status() != Status.NORMAL || result.getTotalCount() == 0) {
        throw new AssertionError(result.getName() + " did not run: " + result.getMessages());
      }
      missing.remove(result.getName());
    }
    if (races.isEmpty() || !missing.isEmpty()) {
      throw new AssertionError("these races did not run: " + missing + " of " + races);
    }
  }
}
