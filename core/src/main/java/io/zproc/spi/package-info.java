/**
 * The seam between the client in {@code core} and a transport. A transport carries commands to the
 * server and their replies back, reads single values, and delivers the journal; everything else
 * (transactions, snapshots, watching) is built on these by {@code core}. For implementers of
 * transports; users of the library need nothing of it.
 */
package io.zproc.spi;
