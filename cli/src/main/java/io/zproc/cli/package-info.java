/**
 * The {@code zproc} command: one class for each subcommand, JSON in and out. Only results go to
 * standard output; a failure is one sentence on standard error and an exit code of its own.
 */
package io.zproc.cli;
