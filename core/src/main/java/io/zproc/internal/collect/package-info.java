/** A persistent hash map of encoded keys and values; versions of it share what did not change. */
package io.zproc.internal.collect;
