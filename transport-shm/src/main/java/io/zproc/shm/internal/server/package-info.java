/**
 * The one writer of a directory. Its parts, in the order in which a command meets them: {@link
 * io.zproc.shm.internal.server.ShmServer} runs the {@link io.zproc.shm.internal.server.Conductor},
 * which serves {@link io.zproc.shm.internal.server.Sessions} through the {@link
 * io.zproc.shm.internal.server.CommandAdapter}; the {@link
 * io.zproc.shm.internal.server.CommitProcessor} changes the {@link
 * io.zproc.shm.internal.server.StateStore}, whose values lie in the {@link
 * io.zproc.shm.internal.server.Extents} of a {@link io.zproc.shm.internal.server.SlotStore}. What
 * there is of each key beside its slot is in {@link io.zproc.shm.internal.server.Entries}, outside
 * the heap.
 *
 * <p>Beside commands: {@link io.zproc.shm.internal.server.ServerStart} and {@link
 * io.zproc.shm.internal.server.Recovery} make the state from the journal, the {@link
 * io.zproc.shm.internal.server.Checkpointer} writes it out while it changes, and the {@link
 * io.zproc.shm.internal.server.Evacuation} gives back what removed keys took.
 */
package io.zproc.shm.internal.server;
