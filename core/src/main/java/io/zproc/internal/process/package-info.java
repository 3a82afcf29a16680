/**
 * Processes: what the parent does to start, watch and stop them, and what the child does. Its
 * parts, in the order in which a process meets them: {@link
 * io.zproc.internal.process.ProcessGroup}, {@link io.zproc.internal.process.SupervisedProcess},
 * {@link io.zproc.internal.process.ChildJvm}, {@link io.zproc.internal.process.ChildMain}, {@link
 * io.zproc.internal.process.JobRunner}, {@link io.zproc.internal.process.Outcome}.
 */
package io.zproc.internal.process;
