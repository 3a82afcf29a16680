/** Checkpoints: the whole state at a revision, so that what is older need not be kept. */
package io.zproc.shm.internal.checkpoint;
