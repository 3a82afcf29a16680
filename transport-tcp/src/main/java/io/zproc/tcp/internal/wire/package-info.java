/**
 * What goes over the network, as {@code docs/protocol.md} has it: frames, and the handshakes and
 * keys that sign or encrypt them.
 */
package io.zproc.tcp.internal.wire;
