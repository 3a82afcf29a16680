package io.zproc.internal.map;

import java.io.IOException;

/** Java deserialization, of anything or of what is admitted. */
@FunctionalInterface
interface ObjectReader {

  Object read(byte[] bytes) throws IOException, ClassNotFoundException;
}
