package io.zproc.codec;

/** A codec that has a form whose bytes are equal whenever the values are. */
interface KeyVariant<T> {
  Codec<T> forKeys();
}
