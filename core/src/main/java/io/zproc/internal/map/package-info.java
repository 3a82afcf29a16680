/**
 * A function applied to many items by worker processes; the state is the only medium.
 *
 * <h2>Who takes part</h2>
 *
 * <ul>
 *   <li>The <b>owner</b> is the context that a map was asked of. A thread of it, the {@link
 *       io.zproc.internal.map.Feeder}, pulls items and publishes them in chunks.
 *   <li><b>Workers</b> belong to a {@link io.zproc.internal.map.Pool} of the owner. They claim
 *       chunks and put results in their place. A worker knows nothing of who started it.
 *   <li>A <b>node</b>, a {@link io.zproc.internal.map.WorkerNode} on whatever host, has workers,
 *       too. They work for all pools, and read only what the node's operator listed.
 *   <li>The <b>puller</b>, in whatever process, takes the results in order.
 * </ul>
 *
 * <h2>What is in the state</h2>
 *
 * <p>In the namespace {@code zproc.map}, which nobody watches or copies as it holds all items and
 * results:
 *
 * <pre>
 *   pools               Numbers: which pools there are
 *   pool.P              PoolRecord: whose pool it is, and its tasks
 *   pool.P.worker.W     the id of the live worker number W
 *   nodes               Numbers: which nodes there are
 *   node.N              NodeRecord: its process, and the ids of its workers
 *   node.N.worker.W     the id of the live worker number W
 *   task.T              TaskRecord
 *   task.T.function     the serialized function
 *   task.T.slot.S       Slot: the phase of the chunk that is in this place
 *   task.T.slot.S.N     the N-th part of its items or results
 * </pre>
 *
 * and in {@code zproc.map.bells}, which is tiny and watched:
 *
 * <pre>
 *   pools               grows with each new pool; nodes with each new node
 *   pool.P.ready        grows when a chunk waits for a worker, or a task ends
 *   task.T.done         grows when a chunk is done
 *   task.T.next         the chunk that the puller wants next
 *   node.N.asked        grows when somebody wants to know whether the node is there
 *   node.N.answered     what the node has found there last
 * </pre>
 *
 * <p>P, N, T, W and S are the lowest numbers that are free. So keys are used again and again, as a
 * new one costs more than one that is there, and removed ones take space for a while. What is meant
 * by a number that was read earlier is told by ids, and by the versions of records.
 *
 * <h2>A chunk's life</h2>
 *
 * <p>Each line is one commit, on condition that the slot is as it was read.
 *
 * <ol>
 *   <li>Chunk c goes to slot c mod S, once {@code next} &gt; c − S: {@code READY}, with the items.
 *   <li>A worker claims it: {@code CLAIMED}, on condition that the worker's record is there, too.
 *   <li>Its results replace the items: {@code DONE}. Further parts are written before, if there are
 *       too many bytes for one value.
 *   <li>The puller reads the results. When it has handed all of them over and is asked for more, it
 *       sets {@code next} to c + 1. What is in the slot from then on does not matter.
 * </ol>
 *
 * <p>Behind the last chunk comes an {@code END}, at which the puller removes the task. It closes
 * the task first, which wakes the feeder, and both remove it: whoever closes it may die half way.
 * Thus S chunks are the most that exist, and nobody waits but for a bell.
 *
 * <h2>Death</h2>
 *
 * <p>Of a <b>worker</b>, its supervisor learns: who started it, and sees its process end. It first
 * removes the worker's record, which turns all later claims of the dead one away, such as one that
 * the server has not looked at yet; then it makes {@code READY} again what the worker had claimed.
 * Whoever writes a chunk's results first wins, so that each item has one result, though the
 * function may have run more than once. A chunk at which workers died {@value
 * io.zproc.internal.map.Release#MAX_DEATHS} times fails instead, or {@value
 * io.zproc.internal.map.Release#KILLS_A_DEATH} times as often if somebody killed them; a worker
 * that dies before it claims anything counts for none. If so many workers in a row end by
 * themselves before they claim anything, the pool's tasks end.
 *
 * <p>Of a <b>node</b> with its workers, learn pullers that wait for a chunk that one of them has
 * claimed, and workers that wait for work while one of them has some, see {@link
 * io.zproc.internal.map.NodeWatch}: they ask, and remove it when nobody answers. A node that is
 * stopped in order gives back what it has, and that counts for no death.
 *
 * <p>Of an <b>owner</b>, learn those who look at its pool: pullers that wait, once a second, and
 * whoever makes the next pool at the same server. They remove the pool and its tasks. This needs to
 * be on the same host; a server that knows ephemeral keys will do it better.
 *
 * <p>A <b>puller</b> that dies leaves its task to the next puller, or to the owner's end. The next
 * one begins with the chunk that the dead one had not confirmed, so that it gives some results
 * again, but none is lost.
 */
package io.zproc.internal.map;
