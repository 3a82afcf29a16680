package io.zproc.codec;

/** Plain data of one class. */
final class CheckedCodec<T> implements Codec<T>, KeyVariant<T> {
  private final Class<T> type;
  private final PlainCodec plain;

  CheckedCodec(Class<T> type) {
    this(type, TypeClosure.codecFor(type));
  }

  private CheckedCodec(Class<T> type, PlainCodec plain) {
    this.type = type;
    this.plain = plain;
  }

  @Override
  public void encode(T value, ByteWriter out) {
    if (value != null && !type.isInstance(value)) {
      throw new UnsupportedValueException(
          "this state holds values of "
              + type.getName()
              + ", not "
              + Conversion.describe(value)
              + ": convert it, or open the state for the other class");
    }
    plain.encode(value, out);
  }

  @Override
  public T decode(ByteReader in) {
    return checked(plain.decode(in));
  }

  @Override
  public T decodeMutable(ByteReader in) {
    return checked(plain.decodeMutable(in));
  }

  @Override
  public Codec<T> forKeys() {
    return new CheckedCodec<>(type, plain.forKeys());
  }

  private T checked(Object value) {
    if (value == null || type.isInstance(value)) {
      return type.cast(value);
    }
    Object converted = Conversion.to(type, value);
    if (converted == null) {
      throw new MalformedValueException(
          "this state was opened for values of "
              + type.getName()
              + ", and holds "
              + Conversion.describe(value));
    }
    return type.cast(converted);
  }
}
