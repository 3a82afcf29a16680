package io.zproc.codec;

import java.util.LinkedHashMap;
import java.util.Map;

/*
 * Encodings. Every other MessagePack library reads all of them, the extensions as type and bytes.
 *
 *   null                 nil
 *   Boolean              false, true
 *   Byte                 int 8
 *   Short                int 16
 *   Integer              positive or negative fixint when it fits, else int 32
 *   Long                 int 64
 *   Float, Double        float 32, float 64; every NaN becomes the canonical one
 *   String               str, strictly UTF-8
 *   byte[]               bin
 *   List                 array
 *   Map                  map
 *   Instant              ext -1, the MessagePack timestamp in its shortest form
 *   Set                  ext 1: array
 *   Character            ext 2: 2 bytes, UTF-16
 *   BigInteger           ext 3: two's complement, big-endian
 *   BigDecimal           ext 4: scale in 4 bytes, unscaled value as ext 3
 *   Duration             ext 5: seconds in 8 bytes, nanoseconds in 4
 *   UUID                 ext 6: 16 bytes
 *   registered enum      ext 7: str registered name, str constant
 *   registered record    ext 8: str registered name, array of components
 *
 * Also read: uint 8 to 64, as the smallest of Integer, Long and BigInteger that fits.
 */

/**
 * Plain data as MessagePack, with Java's types preserved: null, {@link Boolean}, {@link Byte},
 * {@link Short}, {@link Integer}, {@link Long}, {@link Float}, {@link Double}, {@link Character},
 * {@link java.math.BigInteger}, {@link java.math.BigDecimal}, {@link String}, {@code byte[]},
 * {@link java.util.List}, {@link java.util.Set}, {@link Map}, {@link java.time.Instant}, {@link
 * java.time.Duration}, {@link java.util.UUID}, and enums and records that are registered.
 *
 * <p>An equal value comes back, of the same class, but for collections: those come back as a list,
 * set or map of our own in the order of the original. Values are nested at most 64 deep. Bytes from
 * anywhere can be decoded: no class is looked up by a name in them, only registered ones are made.
 *
 * <p>Sets and maps are written in the order they iterate in. Two equal ones may therefore encode
 * differently, which keys must not: {@link #forKeys()} sorts them.
 *
 * <p>Immutable and safe for many threads.
 */
public final class PlainCodec implements Codec<Object>, KeyVariant<Object> {
  private static final PlainCodec STANDARD = new PlainCodec(TypeRegistry.EMPTY, false);
  private static final PlainCodec CANONICAL = STANDARD.forKeys();

  private final TypeRegistry types;
  private final PlainEncoder encoder;
  private final PlainDecoder frozen;
  private final PlainDecoder mutable;
  private final PlainCodec forKeys;

  private PlainCodec(TypeRegistry types, boolean canonical) {
    this.types = types;
    encoder = new PlainEncoder(types, canonical);
    frozen = new PlainDecoder(types, false);
    mutable = new PlainDecoder(types, true);
    forKeys = canonical ? this : new PlainCodec(types, true);
  }

  /** The shared codec without registered classes. */
  public static PlainCodec standard() {
    return STANDARD;
  }

  /** As {@link #standard()}, for keys. */
  public static PlainCodec canonical() {
    return CANONICAL;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * This codec for keys: the elements of sets and the entries of maps are sorted by their encoded
   * bytes, so that equal keys have equal bytes. Reads what this codec writes, and the reverse.
   */
  @Override
  public PlainCodec forKeys() {
    return forKeys;
  }

  /** The registered enums and records by name; unmodifiable. */
  public Map<String, Class<?>> registered() {
    return types.classes();
  }

  @Override
  public void encode(Object value, ByteWriter out) {
    try {
      encoder.write(value, out, 0);
    } catch (Unencodable e) {
      throw e.toException();
    }
  }

  @Override
  public Object decode(ByteReader in) {
    return frozen.read(in, 0);
  }

  /** Collections come back as ArrayList, LinkedHashSet and LinkedHashMap, at all depths. */
  @Override
  public Object decodeMutable(ByteReader in) {
    return mutable.read(in, 0);
  }

  TypeRegistry types() {
    return types;
  }

  void encodeFields(Record row, RecordType type, ByteWriter out) {
    try {
      encoder.writeFields(row, type, out, 0);
    } catch (Unencodable e) {
      throw e.toException();
    }
  }

  Object decodeFields(RecordType type, ByteReader in, boolean modifiable) {
    return (modifiable ? mutable : frozen).readFields(type, in, 0);
  }

  /** Collects the enums and records that a {@link PlainCodec} may read and write. */
  public static final class Builder {
    private final Map<String, Class<?>> classes = new LinkedHashMap<>();

    private Builder() {}

    /** Registers an enum or a record under its fully qualified class name. */
    public Builder register(Class<?> enumOrRecord) {
      return register(enumOrRecord.getName(), enumOrRecord);
    }

    /**
     * Registers an enum or a record under a name that stays when the class moves.
     *
     * @throws IllegalArgumentException when it is neither, or the name or the class is taken
     */
    public Builder register(String name, Class<?> enumOrRecord) {
      if (!enumOrRecord.isEnum() && !enumOrRecord.isRecord()) {
        throw new IllegalArgumentException(
            "neither an enum nor a record: " + enumOrRecord.getName());
      }
      Class<?> other = classes.get(name);
      if (other != enumOrRecord && (other != null || classes.containsValue(enumOrRecord))) {
        throw new IllegalArgumentException(
            "registered before: name=" + name + " class=" + enumOrRecord.getName());
      }
      classes.put(name, enumOrRecord);
      return this;
    }

    /**
     * A codec with what is registered so far.
     *
     * @throws UnsupportedValueException when a record has a component of a type without encoding
     */
    public PlainCodec build() {
      return new PlainCodec(new TypeRegistry(classes), false);
    }
  }
}
