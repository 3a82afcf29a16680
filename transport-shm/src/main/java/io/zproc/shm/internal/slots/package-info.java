/** The state map: Chronicle Maps whose values are slots, and the reading and writing of slots. */
package io.zproc.shm.internal.slots;
