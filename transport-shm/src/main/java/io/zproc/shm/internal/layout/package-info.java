/**
 * Where every byte of the shared files lies. {@code docs/layout.md} says the same in prose; code
 * that differs from it is the bug.
 */
package io.zproc.shm.internal.layout;
