package io.zproc.codec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reading half of {@link PlainCodec}; stateless. Memory is taken as elements are read, never by
 * the size that a header announces.
 */
final class PlainDecoder {
  private static final int FIRST_CAPACITY = 16;

  private final TypeRegistry types;
  private final boolean mutable;

  PlainDecoder(TypeRegistry types, boolean mutable) {
    this.types = types;
    this.mutable = mutable;
  }

  Object read(ByteReader in, int depth) {
    int first = in.readUnsignedByte();
    switch (first) {
      case Format.INT64:
        return in.readLong();
      case Format.FLOAT64:
        return Double.longBitsToDouble(in.readLong());
      case Format.INT32:
        return in.readInt();
      case Format.NIL:
        return null;
      case Format.TRUE:
        return Boolean.TRUE;
      case Format.FALSE:
        return Boolean.FALSE;
      case Format.STR8:
        return Utf8.read(in, in.readUnsignedByte());
      case Format.BIN8:
        return in.readBytes(in.readUnsignedByte());
      default:
        return readFixed(first, in, depth);
    }
  }

  private Object readFixed(int first, ByteReader in, int depth) {
    if (Format.isFixint(first)) {
      return (int) (byte) first;
    }
    if (first >= Format.NIL) {
      return readRare(first, in, depth);
    }
    if (first >= Format.FIXSTR) {
      return Utf8.read(in, first - Format.FIXSTR);
    }
    if (first >= Format.FIXARRAY) {
      return readList(first - Format.FIXARRAY, in, depth);
    }
    return readMap(first - Format.FIXMAP, in, depth);
  }

  private Object readRare(int first, ByteReader in, int depth) {
    return switch (first) {
      case Format.STR16 -> Utf8.read(in, in.readShort() & 0xffff);
      case Format.STR32 -> Utf8.read(in, in.readLength());
      case Format.BIN16 -> in.readBytes(in.readShort() & 0xffff);
      case Format.BIN32 -> in.readBytes(in.readLength());
      case Format.ARRAY16 -> readList(in.readShort() & 0xffff, in, depth);
      case Format.ARRAY32 -> readList(in.readInt(), in, depth);
      case Format.MAP16 -> readMap(in.readShort() & 0xffff, in, depth);
      case Format.MAP32 -> readMap(in.readInt(), in, depth);
      case Format.FIXEXT1 -> readExtension(1, in, depth);
      case Format.FIXEXT2 -> readExtension(2, in, depth);
      case Format.FIXEXT4 -> readExtension(4, in, depth);
      case Format.FIXEXT8 -> readExtension(8, in, depth);
      case Format.FIXEXT16 -> readExtension(16, in, depth);
      case Format.EXT8 -> readExtension(in.readUnsignedByte(), in, depth);
      case Format.EXT16 -> readExtension(in.readShort() & 0xffff, in, depth);
      case Format.EXT32 -> readExtension(in.readInt(), in, depth);
      default -> readNumber(first, in);
    };
  }

  private static Object readNumber(int first, ByteReader in) {
    return switch (first) {
      case Format.INT8 -> in.readByte();
      case Format.INT16 -> in.readShort();
      case Format.UINT8 -> in.readUnsignedByte();
      case Format.UINT16 -> in.readShort() & 0xffff;
      case Format.UINT32 -> smallest(in.readInt() & 0xffff_ffffL);
      case Format.UINT64 -> unsigned(in.readLong());
      case Format.FLOAT32 -> Float.intBitsToFloat(in.readInt());
      default -> throw new MalformedValueException(Format.describe(first));
    };
  }

  private static Object unsigned(long bits) {
    return bits >= 0 ? smallest(bits) : new BigInteger(Long.toUnsignedString(bits));
  }

  private static Object smallest(long value) {
    if (value == (int) value) {
      return (int) value;
    }
    return value;
  }

  private List<Object> readList(int size, ByteReader in, int depth) {
    Object[] elements = readElements(size, in, inside(depth));
    return mutable ? new ArrayList<>(Arrays.asList(elements)) : FrozenList.of(elements);
  }

  private Object[] readElements(int size, ByteReader in, int depth) {
    checkSize(size, 1, in);
    Object[] elements = new Object[Math.min(size, FIRST_CAPACITY)];
    for (int i = 0; i < size; i++) {
      if (i == elements.length) {
        elements = Arrays.copyOf(elements, (int) Math.min(size, i * 2L));
      }
      elements[i] = read(in, depth);
    }
    return elements;
  }

  private Set<Object> readSet(ByteReader in, int depth) {
    int size = readArrayHeader(in);
    checkSize(size, 1, in);
    if (size == 0 && !mutable) {
      return FrozenSet.EMPTY;
    }
    Set<Object> set = new LinkedHashSet<>(Math.min(size, FIRST_CAPACITY) * 2);
    for (int i = 0; i < size; i++) {
      Object element = read(in, depth);
      if (!set.add(element)) {
        throw new MalformedValueException("a set with the same element twice");
      }
    }
    return mutable ? set : new FrozenSet<>(set);
  }

  private Map<Object, Object> readMap(int size, ByteReader in, int depth) {
    int inner = inside(depth);
    checkSize(size, 2, in);
    if (size == 0 && !mutable) {
      return FrozenMap.EMPTY;
    }
    Map<Object, Object> map = new LinkedHashMap<>(Math.min(size, FIRST_CAPACITY) * 2);
    for (int i = 0; i < size; i++) {
      Object key = read(in, inner);
      map.put(key, read(in, inner));
    }
    if (map.size() != size) {
      throw new MalformedValueException("a map with the same key twice");
    }
    return mutable ? map : new FrozenMap<>(map);
  }

  private Object readExtension(int size, ByteReader in, int depth) {
    int number = in.readByte();
    in.require(size);
    int end = in.position() + size;
    Object value =
        switch (number) {
          case Format.EXT_SET -> readSet(in, inside(depth));
          case Format.EXT_ENUM -> readEnum(in);
          case Format.EXT_RECORD -> readRecord(in, inside(depth));
          default -> Extensions.read(number, size, in);
        };
    if (in.position() != end) {
      throw new MalformedValueException(
          "an extension of type " + number + " and " + size + " bytes holds something else");
    }
    return value;
  }

  private Object readEnum(ByteReader in) {
    String name = readName(in);
    EnumType type = types.enumNamed(name);
    if (type == null) {
      throw TypeRegistry.unknown("enum", name);
    }
    return type.constant(readName(in));
  }

  private Object readRecord(ByteReader in, int depth) {
    String name = readName(in);
    RecordType type = types.recordNamed(name);
    if (type == null) {
      throw TypeRegistry.unknown("record", name);
    }
    return readFields(type, in, depth);
  }

  /** Reads an array of components and makes the record of it. */
  Object readFields(RecordType type, ByteReader in, int depth) {
    int size = readArrayHeader(in);
    type.checkSize(size);
    return type.create(readElements(size, in, depth));
  }

  static String readName(ByteReader in) {
    int first = in.readUnsignedByte();
    if (first >= Format.FIXSTR && first < Format.NIL) {
      return Utf8.read(in, first - Format.FIXSTR);
    }
    return switch (first) {
      case Format.STR8 -> Utf8.read(in, in.readUnsignedByte());
      case Format.STR16 -> Utf8.read(in, in.readShort() & 0xffff);
      default ->
          throw new MalformedValueException(
              "a name is expected, " + Format.describe(first) + " is there");
    };
  }

  private static int readArrayHeader(ByteReader in) {
    int first = in.readUnsignedByte();
    if (first >= Format.FIXARRAY && first < Format.FIXSTR) {
      return first - Format.FIXARRAY;
    }
    return switch (first) {
      case Format.ARRAY16 -> in.readShort() & 0xffff;
      case Format.ARRAY32 -> in.readInt();
      default ->
          throw new MalformedValueException(
              "a list is expected, " + Format.describe(first) + " is there");
    };
  }

  private static void checkSize(int size, int bytesEach, ByteReader in) {
    if (size < 0 || (long) size * bytesEach > in.remaining()) {
      throw new MalformedValueException(
          "a collection of "
              + Integer.toUnsignedString(size)
              + " elements in "
              + in.remaining()
              + " bytes");
    }
  }

  private static int inside(int depth) {
    if (depth >= Format.MAX_DEPTH) {
      throw new MalformedValueException("nested deeper than " + Format.MAX_DEPTH + " levels");
    }
    return depth + 1;
  }
}
