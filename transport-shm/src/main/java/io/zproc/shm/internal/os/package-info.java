/** What the operating system gives: mapped files, sleeping and waking, locks that die, space. */
package io.zproc.shm.internal.os;
