/** The client of one host: reads slots and the journal itself, sends commands through rings. */
package io.zproc.shm.internal.client;
