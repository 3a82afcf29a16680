package io.zproc.shm.races;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.vm.VMSupport;

/**
 * Runs the races. Fails when one ended as it must not, which jcstress does too, but also when one
 * did not run, which jcstress passes over. The arguments are those of jcstress.
 */
public final class RaceMain {
  private static final String BIASED_LOCKING = "-XX:+UseBiasedLocking";

  private RaceMain() {}

  /**
   * Runs each race in one kind of JVM. Where there is biased locking, as on JDK 17, jcstress would
   * have it run with and without; no race has a monitor.
   */
  private static final class UnbiasedRaces extends JCStress {
    UnbiasedRaces(Options options) {
      super(options);
    }

    /** Asked for when the kinds of JVMs are known, and nothing has run. */
    @Override
    public SortedSet<String> getTests() {
      VMSupport.getAvailableVMConfigs()
          .removeIf(config -> config.origArgs().contains(BIASED_LOCKING));
      return super.getTests();
    }
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    if (!options.parse()) {
      System.exit(1);
    }
    JCStress jcstress = new UnbiasedRaces(options);
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
