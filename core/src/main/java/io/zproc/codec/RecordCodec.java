package io.zproc.codec;

/** The values of one record class as lists of their components. */
final class RecordCodec<R extends Record> implements Codec<R>, KeyVariant<R> {
  private final Class<R> type;
  private final RecordType shape;
  private final PlainCodec plain;

  RecordCodec(Class<R> type) {
    this(type, TypeClosure.codecFor(type));
  }

  private RecordCodec(Class<R> type, PlainCodec plain) {
    this.type = type;
    this.plain = plain;
    this.shape = plain.types().recordOf(type);
  }

  @Override
  public void encode(R value, ByteWriter out) {
    if (value == null) {
      out.writeByte(Format.NIL);
      return;
    }
    if (!type.isInstance(value)) {
      throw new UnsupportedValueException(
          "this state holds " + type.getName() + ", not " + Conversion.describe(value));
    }
    plain.encodeFields(value, shape, out);
  }

  @Override
  public R decode(ByteReader in) {
    return read(in, false);
  }

  @Override
  public R decodeMutable(ByteReader in) {
    return read(in, true);
  }

  @Override
  public Codec<R> forKeys() {
    return new RecordCodec<>(type, plain.forKeys());
  }

  private R read(ByteReader in, boolean modifiable) {
    if (in.peekByte() == (byte) Format.NIL) {
      in.skip(1);
      return null;
    }
    return type.cast(plain.decodeFields(shape, in, modifiable));
  }
}
