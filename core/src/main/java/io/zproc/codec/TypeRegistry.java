package io.zproc.codec;

import java.util.HashMap;
import java.util.Map;

/** The enums and records that a {@link PlainCodec} may read and write, by class and by name. */
final class TypeRegistry {
  static final TypeRegistry EMPTY = new TypeRegistry(Map.of());

  private final Map<String, Class<?>> classes;
  private final Map<Class<?>, EnumType> enums = new HashMap<>();
  private final Map<Class<?>, RecordType> records = new HashMap<>();
  private final Map<String, EnumType> enumsByName = new HashMap<>();
  private final Map<String, RecordType> recordsByName = new HashMap<>();

  TypeRegistry(Map<String, Class<?>> classes) {
    this.classes = Map.copyOf(classes);
    classes.forEach(this::add);
  }

  /** By name; unmodifiable. */
  Map<String, Class<?>> classes() {
    return classes;
  }

  private void add(String name, Class<?> type) {
    if (type.isEnum()) {
      EnumType found = new EnumType(name, type);
      enums.put(type, found);
      enumsByName.put(name, found);
    } else if (type.isRecord()) {
      RecordType found = new RecordType(name, type);
      records.put(type, found);
      recordsByName.put(name, found);
    } else {
      throw new IllegalArgumentException("neither an enum nor a record: " + type.getName());
    }
  }

  EnumType enumOf(Class<?> type) {
    return enums.get(type);
  }

  RecordType recordOf(Class<?> type) {
    return records.get(type);
  }

  EnumType enumNamed(String name) {
    return enumsByName.get(name);
  }

  RecordType recordNamed(String name) {
    return recordsByName.get(name);
  }

  static MalformedValueException unknown(String kind, String name) {
    return new MalformedValueException(
        "the "
            + kind
            + " "
            + (name.length() <= 200 ? name : name.substring(0, 200) + "…")
            + " is not registered here: use PlainCodec.builder().register(…) with its class");
  }
}
