/** Many remote clients, some of which stand still: whether the others or the server notice. */
package io.zproc.benchmarks.stopped;
