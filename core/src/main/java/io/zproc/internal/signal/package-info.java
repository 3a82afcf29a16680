/** Signals as exceptions of a thread. */
package io.zproc.internal.signal;
