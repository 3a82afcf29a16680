package io.zproc.codec;

import java.util.HashMap;
import java.util.Map;

/** One registered enum: its name in the data and its constants. */
final class EnumType {
  private final String name;
  private final Map<String, Object> constants = new HashMap<>();

  EnumType(String name, Class<?> type) {
    this.name = name;
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
  }

  String name() {
    return name;
  }

  Object constant(String constantName) {
    Object constant = constants.get(constantName);
    if (constant == null) {
      throw new MalformedValueException(
          "the enum " + name + " has no constant " + constantName + ", only " + constants.keySet());
    }
    return constant;
  }
}
