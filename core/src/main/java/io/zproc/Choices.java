package io.zproc;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was chosen of the options that an enum lists; immutable, each method gives a changed copy.
 * Values that are sent to other processes must be serializable.
 */
final class Choices<O extends Enum<O>> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<O, Object> chosen;

  private Choices(Map<O, Object> chosen) {
    this.chosen = chosen;
  }

  static <O extends Enum<O>> Choices<O> none(Class<O> options) {
    return new Choices<>(new EnumMap<>(options));
  }

  /**
   * @param value may be null where {@link #get} may give null
   */
  Choices<O> with(O option, Object value) {
    Map<O, Object> changed = new EnumMap<>(chosen);
    changed.put(option, value);
    return new Choices<>(changed);
  }

  /** These, and where they leave something open, those. */
  Choices<O> orElse(Choices<O> others) {
    Map<O, Object> merged = new EnumMap<>(others.chosen);
    merged.putAll(chosen);
    return new Choices<>(merged);
  }

  /** The value chosen, which is of the type that was given to {@link #with}. */
  @SuppressWarnings("unchecked")
  <T> T get(O option, T otherwise) {
    return (T) chosen.getOrDefault(option, otherwise);
  }
}
