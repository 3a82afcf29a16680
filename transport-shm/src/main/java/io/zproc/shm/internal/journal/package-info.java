/** The journal: a Chronicle Queue with every commit, which is what the state is made from. */
package io.zproc.shm.internal.journal;
