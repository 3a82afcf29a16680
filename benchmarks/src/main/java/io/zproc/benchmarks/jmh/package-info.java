/** JMH benchmarks of what happens inside one process: {@code ./zproc bench --jmh REGEX}. */
package io.zproc.benchmarks.jmh;
