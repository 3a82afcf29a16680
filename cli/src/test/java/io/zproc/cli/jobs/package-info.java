/** What the operators of worker nodes list in tests. */
package io.zproc.cli.jobs;
