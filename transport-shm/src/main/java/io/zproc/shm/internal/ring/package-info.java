/** The rings that carry commands to the server and replies back. */
package io.zproc.shm.internal.ring;
