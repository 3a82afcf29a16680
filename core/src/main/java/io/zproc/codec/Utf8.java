package io.zproc.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strings as MessagePack str, strict in both directions and written without allocating. */
final class Utf8 {

  private Utf8() {}

  static void write(String text, ByteWriter out) {
    int length = text.length();
    int start = out.position();
    writeHeader(length, out);
    out.ensure(length);
    byte[] bytes = out.array();
    int position = out.position();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        out.position(start);
        writeWide(text, out);
        return;
      }
      bytes[position + i] = (byte) c;
    }
    out.position(position + length);
  }

  private static void writeWide(String text, ByteWriter out) {
    int size = sizeOf(text);
    writeHeader(size, out);
    out.ensure(size);
    byte[] bytes = out.array();
    int position = out.position();
    for (int i = 0; i < text.length(); i++) {
      int point = text.charAt(i);
      if (Character.isHighSurrogate((char) point)) {
        point = text.codePointAt(i++);
      }
      position = put(point, bytes, position);
    }
    out.position(position);
  }

  private static int put(int point, byte[] bytes, int at) {
    if (point < 0x80) {
      bytes[at] = (byte) point;
      return at + 1;
    }
    if (point < 0x800) {
      bytes[at] = (byte) (0xc0 | point >> 6);
      bytes[at + 1] = tail(point);
      return at + 2;
    }
    if (point < 0x10000) {
      bytes[at] = (byte) (0xe0 | point >> 12);
      bytes[at + 1] = tail(point >> 6);
      bytes[at + 2] = tail(point);
      return at + 3;
    }
    bytes[at] = (byte) (0xf0 | point >> 18);
    bytes[at + 1] = tail(point >> 12);
    bytes[at + 2] = tail(point >> 6);
    bytes[at + 3] = tail(point);
    return at + 4;
  }

  private static byte tail(int bits) {
    return (byte) (0x80 | bits & 0x3f);
  }

  private static int sizeOf(String text) {
    long size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        size += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      } else if (text.codePointAt(i) > 0xffff) {
        size += 4;
        i++;
      } else {
        throw new Unencodable(
            String.format("a string with half a surrogate pair (\\u%04x at %d)", (int) c, i),
            "It is not text: store it as byte[].");
      }
    }
    if (size > Integer.MAX_VALUE - 16) {
      throw new Unencodable("a string of " + size + " bytes", "Split it.");
    }
    return (int) size;
  }

  static void writeHeader(int size, ByteWriter out) {
    if (size < 32) {
      out.writeByte(Format.FIXSTR | size);
    } else if (size < 0x100) {
      out.writeByte(Format.STR8).writeByte(size);
    } else if (size < 0x10000) {
      out.writeByte(Format.STR16).writeShort(size);
    } else {
      out.writeByteAndInt(Format.STR32, size);
    }
  }

  /** Reads {@code size} bytes of text behind a header. */
  static String read(ByteReader in, int size) {
    in.require(size);
    String text = new String(in.array(), in.position(), size, StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') >= 0) {
      checkStrictly(in, size);
    }
    in.skip(size);
    return text;
  }

  /** The replacement character can be genuine, or what the lenient decoder left for bad bytes. */
  private static void checkStrictly(ByteReader in, int size) {
    try {
      ByteBuffer encoded = ByteBuffer.wrap(in.array(), in.position(), size);
      StandardCharsets.UTF_8.newDecoder().decode(encoded);
    } catch (CharacterCodingException e) {
      throw new MalformedValueException("a string that is not UTF-8: " + e.getMessage());
    }
  }
}
