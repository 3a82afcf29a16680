/** Measuring in turns: who takes part, how long, and what comes out. */
package io.zproc.benchmarks.race;
