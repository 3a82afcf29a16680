package io.zproc.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** One registered record: its name in the data, how to take it apart and how to make it. */
final class RecordType {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final String name;
  private final String[] componentNames;
  private final Class<?>[] componentTypes;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;

  RecordType(String name, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    this.name = name;
    Arrays.stream(components).forEach(TypeClosure::check);
    componentNames = Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new);
    componentTypes =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    accessors = Arrays.stream(components).map(RecordType::accessor).toArray(MethodHandle[]::new);
    constructor = constructor(type, componentTypes);
  }

  private static MethodHandle accessor(RecordComponent component) {
    try {
      Method method = component.getAccessor();
      open(method, component.getDeclaringRecord());
      return LOOKUP.unreflect(method).asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static MethodHandle constructor(Class<?> type, Class<?>[] parameters) {
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(parameters);
      open(canonical, type);
      return LOOKUP
          .unreflectConstructor(canonical)
          .asSpreader(Object[].class, parameters.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void open(AccessibleObject member, Class<?> type) {
    if (!member.trySetAccessible()) {
      throw new IllegalArgumentException(
          type.getName() + " is not accessible: its module must open " + type.getPackageName());
    }
  }

  String name() {
    return name;
  }

  int size() {
    return accessors.length;
  }

  String componentName(int index) {
    return componentNames[index];
  }

  Object component(Record row, int index) {
    try {
      return (Object) accessors[index].invokeExact((Object) row);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  void checkSize(int size) {
    if (size != accessors.length) {
      throw new MalformedValueException(
          "the record " + name + " has " + accessors.length + " components, the data " + size);
    }
  }

  /** Makes the record; a constructor that refuses the components makes the data malformed. */
  Object create(Object[] components) {
    for (int i = 0; i < components.length; i++) {
      components[i] = convert(components[i], i);
    }
    try {
      return (Object) constructor.invokeExact(components);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new MalformedValueException("the record " + name + " refuses its components: " + e);
    }
  }

  private Object convert(Object value, int index) {
    Class<?> type = componentTypes[index];
    if (value == null && !type.isPrimitive()) {
      return null;
    }
    Object converted = Conversion.to(type, value);
    if (converted == null) {
      throw new MalformedValueException(
          "component "
              + componentNames[index]
              + " of the record "
              + name
              + " is a "
              + type.getName()
              + ", the data has "
              + Conversion.describe(value));
    }
    return converted;
  }
}
