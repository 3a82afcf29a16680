package io.zproc.codec;

/**
 * Turns values of one type into bytes and back: the seam for typed namespaces.
 *
 * <p>A codec must be deterministic for keys: two equal keys encode to the same bytes, since the
 * server compares keys as bytes and never decodes them. Implementations are used by many threads at
 * once and must not keep state between calls.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {

  /**
   * Appends the encoded form of {@code value}.
   *
   * @throws UnsupportedValueException when the value, or something inside it, has no encoding; what
   *     was appended so far is discarded by the caller
   */
  void encode(T value, ByteWriter out);

  /**
   * Reads one value. Collections in it come back unmodifiable: a value got from a state is a copy,
   * and changing it would be silently lost.
   *
   * @throws MalformedValueException when the bytes are not an encoded value of this type
   */
  T decode(ByteReader in);

  /**
   * As {@link #decode}, but collections come back modifiable: used inside a transaction, where what
   * is done to them is saved.
   */
  default T decodeMutable(ByteReader in) {
    return decode(in);
  }
}
