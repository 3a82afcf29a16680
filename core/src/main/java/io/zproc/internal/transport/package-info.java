/** Finds transports; what they have in common. Internal: may change at any time. */
package io.zproc.internal.transport;
