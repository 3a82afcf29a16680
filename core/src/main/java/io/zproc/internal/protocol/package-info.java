/**
 * Commands, replies and events as bytes, the same over every transport. {@code docs/layout.md} has
 * every byte of an event.
 */
package io.zproc.internal.protocol;
