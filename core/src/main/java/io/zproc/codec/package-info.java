/**
 * Values as bytes: plain data as MessagePack, which other languages can read, and the seam {@link
 * io.zproc.codec.Codec} for typed namespaces. No class is ever loaded because a name in the data
 * says so.
 */
package io.zproc.codec;
