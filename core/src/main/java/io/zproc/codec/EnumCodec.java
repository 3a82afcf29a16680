package io.zproc.codec;

/** The constants of one enum as their names. */
final class EnumCodec<E extends Enum<E>> implements Codec<E>, KeyVariant<E> {
  private final Class<E> type;
  private final EnumType constants;

  EnumCodec(Class<E> type) {
    this.type = type;
    this.constants = new EnumType(type.getName(), type);
  }

  @Override
  public void encode(E value, ByteWriter out) {
    if (value == null) {
      out.writeByte(Format.NIL);
      return;
    }
    Object constant = value;
    if (!type.isInstance(constant)) {
      throw new UnsupportedValueException(
          "this state holds " + type.getName() + ", not " + Conversion.describe(constant));
    }
    Utf8.write(value.name(), out);
  }

  @Override
  public E decode(ByteReader in) {
    if (in.peekByte() == (byte) Format.NIL) {
      in.skip(1);
      return null;
    }
    return type.cast(constants.constant(PlainDecoder.readName(in)));
  }

  @Override
  public Codec<E> forKeys() {
    return this;
  }
}
