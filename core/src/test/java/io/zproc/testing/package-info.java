/**
 * What tests of several modules share: the contracts that states keep over every transport, and a
 * transport within one heap to run them in {@code core} alone.
 */
package io.zproc.testing;
