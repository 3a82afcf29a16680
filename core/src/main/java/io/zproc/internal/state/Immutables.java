package io.zproc.internal.state;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** What is known of classes and values without asking their codec. */
final class Immutables {
  private static final Set<Class<?>> SCALARS =
      Set.of(
          String.class,
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
          Instant.class,
          Duration.class,
          UUID.class);

  private static final ClassValue<Boolean> KNOWN =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isImmutable(type);
        }
      };

  private Immutables() {}

  /** Whether no object of exactly this class ever changes; false when that is not known. */
  static boolean isKnown(Class<?> type) {
    return type == String.class || type == Long.class || type == Integer.class || KNOWN.get(type);
  }

  private static boolean isImmutable(Class<?> type) {
    if (type.isPrimitive() || SCALARS.contains(type) || Enum.class.isAssignableFrom(type)) {
      return true;
    }
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .allMatch(component -> component != type && isImmutable(component));
  }

  /** Equality of decoded values: as {@code equals}, but arrays are compared by content. */
  static boolean areEqual(Object a, Object b) {
    return Objects.deepEquals(a, b);
  }
}
