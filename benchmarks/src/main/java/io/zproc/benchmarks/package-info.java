/**
 * How fast the library is, beside what bounds it and what competes with it.
 *
 * <p>{@link io.zproc.benchmarks.Main} measures between processes: servers, watchers and the other
 * ends of the floors are JVMs of their own. What is compared is measured in the same run, in short
 * rounds that take turns, since a virtual machine's own speed changes from second to second; the
 * ratio is what counts. {@code io.zproc.benchmarks.jmh} holds JMH benchmarks of what happens inside
 * one process.
 */
package io.zproc.benchmarks;
