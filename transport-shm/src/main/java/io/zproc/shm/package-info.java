/** The transport for one host. Users put it on the class path and type {@code ipc://…}. */
package io.zproc.shm;
