package io.zproc.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The scalar values that are MessagePack extensions; their numbers are in {@link PlainCodec}. */
final class Extensions {
  private static final int MAX_NANOS = 999_999_999;

  private Extensions() {}

  static void writeCharacter(char value, ByteWriter out) {
    out.writeByte(Format.FIXEXT2).writeByte(Format.EXT_CHARACTER).writeShort(value);
  }

  static void writeUuid(UUID value, ByteWriter out) {
    out.writeByte(Format.FIXEXT16).writeByte(Format.EXT_UUID);
    out.writeLong(value.getMostSignificantBits()).writeLong(value.getLeastSignificantBits());
  }

  /** The shortest of the three forms of the MessagePack timestamp. */
  static void writeInstant(Instant value, ByteWriter out) {
    long seconds = value.getEpochSecond();
    int nanos = value.getNano();
    if (seconds >>> 34 != 0) {
      out.writeByte(Format.EXT8).writeByte(12).writeByte(Format.EXT_INSTANT);
      out.writeInt(nanos).writeLong(seconds);
    } else if (nanos != 0 || seconds >>> 32 != 0) {
      out.writeByte(Format.FIXEXT8).writeByte(Format.EXT_INSTANT);
      out.writeLong((long) nanos << 34 | seconds);
    } else {
      out.writeByte(Format.FIXEXT4).writeByte(Format.EXT_INSTANT).writeInt((int) seconds);
    }
  }

  static void writeDuration(Duration value, ByteWriter out) {
    out.writeByte(Format.EXT8).writeByte(12).writeByte(Format.EXT_DURATION);
    out.writeLong(value.getSeconds()).writeInt(value.getNano());
  }

  static void writeBigInteger(BigInteger value, ByteWriter out) {
    byte[] bytes = value.toByteArray();
    out.writeByteAndInt(Format.EXT32, bytes.length).writeByte(Format.EXT_BIG_INTEGER);
    out.writeBytes(bytes);
  }

  static void writeBigDecimal(BigDecimal value, ByteWriter out) {
    byte[] bytes = value.unscaledValue().toByteArray();
    out.writeByteAndInt(Format.EXT32, bytes.length + 4).writeByte(Format.EXT_BIG_DECIMAL);
    out.writeInt(value.scale()).writeBytes(bytes);
  }

  /** Reads a scalar of {@code size} bytes, which are there. */
  static Object read(int number, int size, ByteReader in) {
    return switch (number) {
      case Format.EXT_INSTANT -> readInstant(size, in);
      case Format.EXT_CHARACTER -> (char) checked(size, 2, "Character", in).readShort();
      case Format.EXT_BIG_INTEGER -> readInteger(size, in);
      case Format.EXT_BIG_DECIMAL -> readBigDecimal(size, in);
      case Format.EXT_DURATION -> readDuration(size, in);
      case Format.EXT_UUID -> readUuid(size, in);
      default -> throw new MalformedValueException("unknown extension type " + number);
    };
  }

  private static UUID readUuid(int size, ByteReader in) {
    checked(size, 16, "UUID", in);
    long most = in.readLong();
    return new UUID(most, in.readLong());
  }

  private static Instant readInstant(int size, ByteReader in) {
    if (size == 4) {
      return Instant.ofEpochSecond(in.readInt() & 0xffff_ffffL);
    }
    if (size == 8) {
      long both = in.readLong();
      return instant(both & 0x3_ffff_ffffL, (int) (both >>> 34));
    }
    int nanos = checked(size, 12, "Instant", in).readInt();
    return instant(in.readLong(), nanos);
  }

  private static Instant instant(long seconds, int nanos) {
    try {
      return Instant.ofEpochSecond(seconds, checkedNanos(nanos));
    } catch (DateTimeException e) {
      throw new MalformedValueException("an Instant out of range: seconds=" + seconds);
    }
  }

  private static Duration readDuration(int size, ByteReader in) {
    long seconds = checked(size, 12, "Duration", in).readLong();
    return Duration.ofSeconds(seconds, checkedNanos(in.readInt()));
  }

  private static int checkedNanos(int nanos) {
    if (nanos < 0 || nanos > MAX_NANOS) {
      throw new MalformedValueException("nanoseconds out of range: " + nanos);
    }
    return nanos;
  }

  private static BigDecimal readBigDecimal(int size, ByteReader in) {
    int scale = in.readInt();
    return new BigDecimal(readInteger(size - 4, in), scale);
  }

  private static BigInteger readInteger(int size, ByteReader in) {
    if (size < 1) {
      throw new MalformedValueException("a BigInteger of " + size + " bytes");
    }
    in.require(size);
    BigInteger value = integer(in, size);
    in.skip(size);
    return value;
  }

  private static BigInteger integer(ByteReader in, int size) {
    try {
      return new BigInteger(in.array(), in.position(), size);
    } catch (ArithmeticException e) {
      throw new MalformedValueException("a BigInteger that is too long: " + size + " bytes");
    }
  }

  private static ByteReader checked(int size, int expected, String what, ByteReader in) {
    if (size != expected) {
      throw new MalformedValueException(what + " has " + expected + " bytes, not " + size);
    }
    return in;
  }
}
