/** The questions, one class each. */
package io.zproc.benchmarks.suite;
