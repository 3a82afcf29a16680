package io.zproc.internal.state;

import io.zproc.ValueTooLongException;
import io.zproc.codec.ByteReader;
import io.zproc.codec.ByteWriter;
import io.zproc.codec.Codec;
import io.zproc.codec.Codecs;
import io.zproc.codec.PlainCodec;
import io.zproc.internal.collect.Entry;
import io.zproc.internal.protocol.Limits;

/**
 * How the keys and values of a state are encoded.
 *
 * @param keys a codec that writes equal keys as equal bytes
 * @param values any codec
 * @param frozen whether collections that {@code values} decodes can not be changed
 */
record Types<K, V>(Codec<K> keys, Codec<V> values, boolean frozen) {

  static <K, V> Types<K, V> of(Codec<K> keys, Codec<V> values) {
    return new Types<>(Codecs.forKeys(keys), values, values instanceof PlainCodec);
  }

  static <K, V> Types<K, V> ofClasses(Class<K> keys, Class<V> values) {
    return new Types<>(Codecs.forKeys(codec(keys)), codec(values), true);
  }

  @SuppressWarnings("unchecked")
  private static <T> Codec<T> codec(Class<T> type) {
    if (type == Long.class) {
      return (Codec<T>) Codecs.longs();
    }
    return type == byte[].class ? (Codec<T>) Codecs.bytes() : Codecs.forClass(type);
  }

  /** Whether a long in its plain encoding is a value of this type. */
  boolean takesLongs() {
    return values instanceof PlainCodec || values == Codecs.longs();
  }

  /** Whether a byte array is encoded as MessagePack does it. */
  boolean takesBytes() {
    return values instanceof PlainCodec || values == Codecs.bytes();
  }

  /** Appends the key, which may be of a wrong class: then the codec's complaint passes through. */
  @SuppressWarnings("unchecked")
  void encodeKey(Object key, ByteWriter out) {
    int start = out.position();
    keys.encode((K) key, out);
    int length = out.position() - start;
    if (length > Limits.MAX_KEY) {
      throw new ValueTooLongException(
          "a key of " + length + " encoded bytes; keys may have at most " + Limits.MAX_KEY);
    }
  }

  void encodeValue(V value, ByteWriter out) {
    int start = out.position();
    values.encode(value, out);
    checkLength(out.position() - start);
  }

  private static void checkLength(int length) {
    if (length > Limits.MAX_VALUE) {
      throw new ValueTooLongException(
          "a value of " + length + " encoded bytes; values may have at most " + Limits.MAX_VALUE);
    }
  }

  V decode(ByteReader scratch, byte[] bytes, int offset, int length) {
    return values.decode(scratch.wrap(bytes, offset, length));
  }

  /** The key of an entry, remembered there when it can not change. */
  @SuppressWarnings("unchecked")
  K key(Entry entry) {
    Object known = entry.decodedKey;
    if (known != null) {
      return (K) known;
    }
    K key = keys.decode(new ByteReader(entry.key));
    if (Immutables.isKnown(key.getClass())) {
      entry.decodedKey = key;
    }
    return key;
  }

  /** The value of an entry, remembered there when it can not change; null without an entry. */
  @SuppressWarnings("unchecked")
  V value(Entry entry) {
    if (entry == null) {
      return null;
    }
    Object known = entry.decodedValue;
    if (known != null) {
      return (V) known;
    }
    V value = values.decode(new ByteReader(entry.value));
    if (value != null && canShare(value.getClass())) {
      entry.decodedValue = value;
    }
    return value;
  }

  private boolean canShare(Class<?> type) {
    return Immutables.isKnown(type) || frozen && !type.isArray();
  }
}
