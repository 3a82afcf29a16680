/** The other processes of a run: starting them, stopping them for a while, ending them all. */
package io.zproc.benchmarks.process;
