package io.zproc.codec;

/** The first bytes of MessagePack values, our extension numbers, and words for them. */
final class Format {
  static final int FIXMAP = 0x80;
  static final int FIXARRAY = 0x90;
  static final int FIXSTR = 0xa0;
  static final int NIL = 0xc0;
  static final int FALSE = 0xc2;
  static final int TRUE = 0xc3;
  static final int BIN8 = 0xc4;
  static final int BIN16 = 0xc5;
  static final int BIN32 = 0xc6;
  static final int EXT8 = 0xc7;
  static final int EXT16 = 0xc8;
  static final int EXT32 = 0xc9;
  static final int FLOAT32 = 0xca;
  static final int FLOAT64 = 0xcb;
  static final int UINT8 = 0xcc;
  static final int UINT16 = 0xcd;
  static final int UINT32 = 0xce;
  static final int UINT64 = 0xcf;
  static final int INT8 = 0xd0;
  static final int INT16 = 0xd1;
  static final int INT32 = 0xd2;
  static final int INT64 = 0xd3;
  static final int FIXEXT1 = 0xd4;
  static final int FIXEXT2 = 0xd5;
  static final int FIXEXT4 = 0xd6;
  static final int FIXEXT8 = 0xd7;
  static final int FIXEXT16 = 0xd8;
  static final int STR8 = 0xd9;
  static final int STR16 = 0xda;
  static final int STR32 = 0xdb;
  static final int ARRAY16 = 0xdc;
  static final int ARRAY32 = 0xdd;
  static final int MAP16 = 0xde;
  static final int MAP32 = 0xdf;
  static final int NEGATIVE_FIXINT = 0xe0;

  static final int EXT_INSTANT = -1;
  static final int EXT_SET = 1;
  static final int EXT_CHARACTER = 2;
  static final int EXT_BIG_INTEGER = 3;
  static final int EXT_BIG_DECIMAL = 4;
  static final int EXT_DURATION = 5;
  static final int EXT_UUID = 6;
  static final int EXT_ENUM = 7;
  static final int EXT_RECORD = 8;

  /** Containers inside containers, at most. */
  static final int MAX_DEPTH = 64;

  private Format() {}

  static boolean isFixint(int first) {
    return first < FIXMAP || first >= NEGATIVE_FIXINT;
  }

  /** What a value that starts with the unsigned byte {@code first} is, for a message. */
  static String describe(int first) {
    if (isFixint(first) || first >= UINT8 && first <= INT64) {
      return "an integer";
    }
    if (first >= FIXSTR && first < NIL || first >= STR8 && first <= STR32) {
      return "a string";
    }
    if (first < FIXARRAY || first == MAP16 || first == MAP32) {
      return "a map";
    }
    if (first < FIXSTR || first == ARRAY16 || first == ARRAY32) {
      return "a list";
    }
    return describeOther(first);
  }

  private static String describeOther(int first) {
    return switch (first) {
      case NIL -> "null";
      case FALSE, TRUE -> "a boolean";
      case BIN8, BIN16, BIN32 -> "a byte array";
      case FLOAT32, FLOAT64 -> "a floating point number";
      case 0xc1 -> "the byte 0xc1, which starts no value";
      default -> "an extension value";
    };
  }
}
