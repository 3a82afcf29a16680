/** Finds transports. Internal: may change at any time. */
package io.zproc.internal.transport;
