package io.zproc.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The codecs that come with the library. Each of them encodes null too. */
public final class Codecs {
  private static final Set<Class<?>> SCALARS =
      Set.of(
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Character.class,
          BigInteger.class,
          BigDecimal.class,
          String.class,
          byte[].class,
          Instant.class,
          Duration.class,
          UUID.class);
  private static final Set<Class<?>> COLLECTIONS =
      Set.of(Collection.class, List.class, Set.class, Map.class);
  private static final Codec<String> STRING = new CheckedCodec<>(String.class);
  private static final Codec<Long> LONGS = new CheckedCodec<>(Long.class);
  private static final Codec<byte[]> BYTES = new CheckedCodec<>(byte[].class);

  private Codecs() {}

  /** Any plain data. */
  public static Codec<Object> plain() {
    return PlainCodec.standard();
  }

  public static Codec<String> string() {
    return STRING;
  }

  public static Codec<Long> longs() {
    return LONGS;
  }

  public static Codec<byte[]> bytes() {
    return BYTES;
  }

  /**
   * A record as the list of its components, without names. Their types decide what is accepted:
   * numbers are converted where nothing is lost, so that other languages can write them. Records
   * and enums that occur in the declared types of the components are registered by themselves, also
   * as type arguments and behind sealed interfaces.
   *
   * @throws UnsupportedValueException when a component is of a type that can not be encoded
   */
  public static <R extends Record> Codec<R> ofRecord(Class<R> type) {
    return new RecordCodec<>(type);
  }

  /** A constant of an enum as its name. */
  public static <E extends Enum<E>> Codec<E> ofEnum(Class<E> type) {
    return new EnumCodec<>(type);
  }

  /**
   * The codec for a class: {@link #ofRecord} and {@link #ofEnum} for those, {@link #plain()} for
   * {@code Object}; for the others plain data that is checked to be of this class. A checked codec
   * refuses another class when it encodes. When it decodes it converts a number where nothing is
   * lost, and throws {@link MalformedValueException} for the rest.
   *
   * @throws UnsupportedValueException when no value of the class can be encoded
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public static <T> Codec<T> forClass(Class<T> type) {
    if (type == Object.class) {
      return (Codec<T>) plain();
    }
    if (type.isRecord()) {
      return (Codec<T>) ofRecord(type.asSubclass(Record.class));
    }
    if (type.isEnum()) {
      return (Codec<T>) new EnumCodec(type);
    }
    if (!isPossible(type) || type.isPrimitive()) {
      throw new UnsupportedValueException(Unencodable.ofClass(type).toException().getMessage());
    }
    return new CheckedCodec<>(type);
  }

  /**
   * The codec to use where values are keys: of ours, the form that writes equal keys as equal
   * bytes; another one is returned as it is, and has to do so by itself.
   */
  public static <T> Codec<T> forKeys(Codec<T> codec) {
    if (codec instanceof KeyVariant<?>) {
      @SuppressWarnings("unchecked")
      KeyVariant<T> variant = (KeyVariant<T>) codec;
      return variant.forKeys();
    }
    return codec;
  }

  /** Whether values of the declared type can be encoded, and fit it again when decoded. */
  static boolean isPossible(Class<?> type) {
    if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
      return COLLECTIONS.contains(type);
    }
    return type.isPrimitive() && type != void.class
        || SCALARS.contains(type)
        || type.isRecord()
        || type.isEnum()
        || type.isAssignableFrom(Number.class)
        || type == Record.class
        || type == Enum.class
        || type.isInterface() && type != Map.Entry.class;
  }
}
