/** Java serialization from those who are not trusted: only classes that somebody listed. */
package io.zproc.internal.admission;
