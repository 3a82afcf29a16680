/** What goes over the network, as {@code docs/protocol.md} has it: frames and their signatures. */
package io.zproc.tcp.internal.wire;
