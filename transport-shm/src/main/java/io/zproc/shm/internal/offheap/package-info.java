/** Lists outside the heap, for what there is of every key: the garbage collector leaves them be. */
package io.zproc.shm.internal.offheap;
