package io.zproc.internal.map;

/**
 * Some elements of a chunk as one value.
 *
 * @param count how many elements
 * @param bytes them as one serialized array
 */
record Part(int count, byte[] bytes) {}
