package io.zproc.internal.process;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Finds the way from a target to what it captures that is not serializable, for people to read:
 * breadth first through captured arguments, fields, elements and entries.
 */
final class CaptureTrace {
  private static final int MAX_OBJECTS = 100_000;

  private record Step(Object object, String path) {}

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Step> next = new ArrayDeque<>();

  private CaptureTrace() {}

  /**
   * The path to the first object of a class, such as {@code captured argument 1, field 'lock' of
   * Order}; empty if it can not be found.
   */
  static String to(String className, Object target) {
    CaptureTrace trace = new CaptureTrace();
    trace.next.add(new Step(target, ""));
    while (!trace.next.isEmpty() && trace.seen.size() < MAX_OBJECTS) {
      Step step = trace.next.remove();
      if (step.object.getClass().getName().equals(className)) {
        return step.path;
      }
      trace.open(step);
    }
    return "";
  }

  private void open(Step step) {
    BiConsumer<Object, String> visit =
        (object, way) -> {
          if (object != null && seen.add(object)) {
            next.add(new Step(object, step.path.isEmpty() ? way : step.path + ", " + way));
          }
        };
    Object object = step.object;
    SerializedLambda lambda = Lambdas.of(object).orElse(null);
    if (lambda != null) {
      for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
        visit.accept(lambda.getCapturedArg(i), Lambdas.argumentName(lambda, i));
      }
    } else if (object instanceof Object[] array) {
      for (int i = 0; i < array.length; i++) {
        visit.accept(array[i], "element " + i);
      }
    } else if (object instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> visit.accept(key, "a key"));
      map.forEach((key, value) -> visit.accept(value, "the value of a key"));
    } else if (object instanceof Iterable<?> elements && isOfJava(object)) {
      elements.forEach(element -> visit.accept(element, "an element"));
    } else {
      fields(object, visit);
    }
  }

  private static boolean isOfJava(Object object) {
    return object.getClass().getName().startsWith("java.");
  }

  private static void fields(Object object, BiConsumer<Object, String> visit) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        boolean travels = !Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers);
        if (travels && !field.getType().isPrimitive() && field.trySetAccessible()) {
          visit.accept(
              valueOf(field, object), "field '" + field.getName() + "' of " + type.getName());
        }
      }
    }
  }

  private static Object valueOf(Field field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      return null;
    }
  }
}
