package io.zproc.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.UUID;

/** The writing half of {@link PlainCodec}; stateless. */
final class PlainEncoder {
  private final TypeRegistry types;
  private final boolean canonical;

  PlainEncoder(TypeRegistry types, boolean canonical) {
    this.types = types;
    this.canonical = canonical;
  }

  /** Appends {@code value}, ordered by likelihood. */
  void write(Object value, ByteWriter out, int depth) {
    if (value == null) {
      out.writeByte(Format.NIL);
      return;
    }
    Class<?> type = value.getClass();
    if (type == String.class) {
      Utf8.write((String) value, out);
    } else if (type == Long.class) {
      PlainNumbers.encodeLong((Long) value, out);
    } else if (type == Integer.class) {
      PlainNumbers.encodeInt((Integer) value, out);
    } else if (type == Double.class) {
      PlainNumbers.encodeDouble((Double) value, out);
    } else if (type == Boolean.class) {
      out.writeByte((Boolean) value ? Format.TRUE : Format.FALSE);
    } else if (type == byte[].class) {
      writeBinary((byte[]) value, out);
    } else if (value instanceof List<?> list) {
      writeList(list, out, inside(depth));
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, out, inside(depth));
    } else if (value instanceof Set<?> set) {
      writeSet(set, out, inside(depth));
    } else {
      writeRare(value, type, out, depth);
    }
  }

  private void writeRare(Object value, Class<?> type, ByteWriter out, int depth) {
    if (type == Float.class) {
      PlainNumbers.encodeFloat((Float) value, out);
    } else if (type == Short.class) {
      out.writeByte(Format.INT16).writeShort((Short) value);
    } else if (type == Byte.class) {
      out.writeByte(Format.INT8).writeByte((Byte) value);
    } else if (type == Character.class) {
      Extensions.writeCharacter((Character) value, out);
    } else if (type == UUID.class) {
      Extensions.writeUuid((UUID) value, out);
    } else if (type == Instant.class) {
      Extensions.writeInstant((Instant) value, out);
    } else if (type == Duration.class) {
      Extensions.writeDuration((Duration) value, out);
    } else if (type == BigInteger.class) {
      Extensions.writeBigInteger((BigInteger) value, out);
    } else if (type == BigDecimal.class) {
      Extensions.writeBigDecimal((BigDecimal) value, out);
    } else if (value instanceof Enum<?> constant) {
      writeEnum(constant, out);
    } else if (value instanceof Record row) {
      writeRecord(row, out, inside(depth));
    } else {
      throw Unencodable.ofClass(type);
    }
  }

  private static int inside(int depth) {
    if (depth >= Format.MAX_DEPTH) {
      throw Unencodable.tooDeep();
    }
    return depth + 1;
  }

  private static void writeBinary(byte[] value, ByteWriter out) {
    int size = value.length;
    if (size < 0x100) {
      out.writeByte(Format.BIN8).writeByte(size);
    } else if (size < 0x10000) {
      out.writeByte(Format.BIN16).writeShort(size);
    } else {
      out.writeByteAndInt(Format.BIN32, size);
    }
    out.writeBytes(value);
  }

  private void writeList(List<?> list, ByteWriter out, int depth) {
    int size = list.size();
    writeArrayHeader(size, out);
    int index = 0;
    try {
      if (list instanceof RandomAccess) {
        for (; index < size; index++) {
          write(list.get(index), out, depth);
        }
      } else {
        for (Object element : list) {
          write(element, out, depth);
          index++;
        }
      }
    } catch (Unencodable e) {
      throw e.in("list element " + index + " of " + list.getClass().getName());
    }
    checkCount(size, index);
  }

  private void writeSet(Set<?> set, ByteWriter out, int depth) {
    int start = beginExtension(Format.EXT_SET, out);
    try {
      writeElements(set, out, depth);
    } catch (Unencodable e) {
      throw e.in("an element of " + set.getClass().getName());
    }
    endExtension(start, out);
  }

  private void writeElements(Set<?> set, ByteWriter out, int depth) {
    int size = set.size();
    writeArrayHeader(size, out);
    Sorter sorter = sorter(set, out);
    int count = 0;
    for (Object element : set) {
      write(element, out, depth);
      sorter.endOfElement();
      count++;
    }
    checkCount(size, count);
    sorter.finish();
  }

  private void writeMap(Map<?, ?> map, ByteWriter out, int depth) {
    int size = map.size();
    writeMapHeader(size, out);
    Sorter sorter = sorter(map.entrySet(), out);
    int count = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      writeKey(map, entry.getKey(), out, depth);
      writeValue(map, entry, out, depth);
      sorter.endOfElement();
      count++;
    }
    checkCount(size, count);
    sorter.finish();
  }

  private void writeKey(Map<?, ?> map, Object key, ByteWriter out, int depth) {
    try {
      write(key, out, depth);
    } catch (Unencodable e) {
      throw e.in("a key of " + map.getClass().getName());
    }
  }

  private void writeValue(Map<?, ?> map, Map.Entry<?, ?> entry, ByteWriter out, int depth) {
    try {
      write(entry.getValue(), out, depth);
    } catch (Unencodable e) {
      throw e.in("the value of " + name(entry.getKey()) + " in " + map.getClass().getName());
    }
  }

  /** Keys can be large or contain the map itself, so only short ones are shown. */
  private static String name(Object key) {
    if (key instanceof String text) {
      return "key \"" + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + '"';
    }
    boolean isShort = key == null || key instanceof Number || key instanceof Enum<?>;
    return isShort ? "key " + key : "a key that is a " + key.getClass().getName();
  }

  private void writeEnum(Enum<?> constant, ByteWriter out) {
    EnumType type = types.enumOf(constant.getDeclaringClass());
    if (type == null) {
      throw Unencodable.ofClass(constant.getDeclaringClass());
    }
    int start = beginExtension(Format.EXT_ENUM, out);
    Utf8.write(type.name(), out);
    Utf8.write(constant.name(), out);
    endExtension(start, out);
  }

  private void writeRecord(Record row, ByteWriter out, int depth) {
    RecordType type = types.recordOf(row.getClass());
    if (type == null) {
      throw Unencodable.ofClass(row.getClass());
    }
    int start = beginExtension(Format.EXT_RECORD, out);
    Utf8.write(type.name(), out);
    writeFields(row, type, out, depth);
    endExtension(start, out);
  }

  /** Appends the array of the components of {@code row}. */
  void writeFields(Record row, RecordType type, ByteWriter out, int depth) {
    writeArrayHeader(type.size(), out);
    for (int i = 0; i < type.size(); i++) {
      try {
        write(type.component(row, i), out, depth);
      } catch (Unencodable e) {
        throw e.in("component " + type.componentName(i) + " of " + row.getClass().getName());
      }
    }
  }

  private static void writeArrayHeader(int size, ByteWriter out) {
    if (size < 16) {
      out.writeByte(Format.FIXARRAY | size);
    } else if (size < 0x10000) {
      out.writeByte(Format.ARRAY16).writeShort(size);
    } else {
      out.writeByteAndInt(Format.ARRAY32, size);
    }
  }

  private static void writeMapHeader(int size, ByteWriter out) {
    if (size < 16) {
      out.writeByte(Format.FIXMAP | size);
    } else if (size < 0x10000) {
      out.writeByte(Format.MAP16).writeShort(size);
    } else {
      out.writeByteAndInt(Format.MAP32, size);
    }
  }

  /** Starts an extension whose length is known only at {@link #endExtension}. */
  private static int beginExtension(int number, ByteWriter out) {
    out.writeByteAndInt(Format.EXT32, 0).writeByte(number);
    return out.position();
  }

  private static void endExtension(int start, ByteWriter out) {
    out.setInt(start - 5, out.position() - start);
  }

  private Sorter sorter(Collection<?> elements, ByteWriter out) {
    return canonical && elements.size() > 1 ? new Sorter(elements.size(), out) : Sorter.NONE;
  }

  private static void checkCount(int announced, int found) {
    if (announced != found) {
      throw new ConcurrentModificationException(
          "a collection was changed by another thread while it was encoded: size="
              + announced
              + " found="
              + found);
    }
  }

  /** Puts the encoded elements of one collection into the order of their bytes. */
  private static final class Sorter {
    private static final Sorter NONE = new Sorter(0, null);

    private final ByteWriter out;
    private final byte[][] elements;
    private final int start;
    private int count;

    Sorter(int size, ByteWriter out) {
      this.out = out;
      this.elements = new byte[size][];
      this.start = out == null ? 0 : out.position();
    }

    void endOfElement() {
      if (out == null) {
        return;
      }
      checkCount(elements.length, Math.max(elements.length, count + 1));
      elements[count++] = Arrays.copyOfRange(out.array(), start, out.position());
      out.position(start);
    }

    void finish() {
      if (out == null) {
        return;
      }
      Arrays.sort(elements, Arrays::compareUnsigned);
      for (byte[] element : elements) {
        out.writeBytes(element);
      }
    }
  }
}
