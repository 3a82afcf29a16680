package io.zproc.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the records and enums that the declared types of a class lead to. */
final class TypeClosure {
  private final Set<Type> visited = new LinkedHashSet<>();

  private TypeClosure() {}

  /** A codec in which all that {@code type} leads to is registered. */
  static PlainCodec codecFor(Class<?> type) {
    TypeClosure closure = new TypeClosure();
    closure.visit(type);
    PlainCodec.Builder builder = PlainCodec.builder();
    boolean found = false;
    for (Type visited : closure.visited) {
      if (visited instanceof Class<?> c && (c.isEnum() || c.isRecord())) {
        builder.register(c);
        found = true;
      }
    }
    return found ? builder.build() : PlainCodec.standard();
  }

  private void visit(Type type) {
    if (!visited.add(type)) {
      return;
    }
    if (type instanceof Class<?> c) {
      visitClass(c);
    } else if (type instanceof ParameterizedType parameterized) {
      visit(parameterized.getRawType());
      visitAll(parameterized.getActualTypeArguments());
    } else if (type instanceof WildcardType wildcard) {
      visitAll(wildcard.getUpperBounds());
    } else if (type instanceof TypeVariable<?> variable) {
      visitAll(variable.getBounds());
    }
  }

  private void visitAll(Type[] types) {
    for (Type type : types) {
      visit(type);
    }
  }

  private void visitClass(Class<?> type) {
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        visit(component.getGenericType());
      }
    }
    if (type.isSealed() && !type.isEnum()) {
      visitAll(type.getPermittedSubclasses());
    }
  }

  /** Fails unless values of the component can be encoded and fit it again when decoded. */
  static void check(RecordComponent component) {
    if (Codecs.isPossible(component.getType())) {
      return;
    }
    throw Unencodable.ofClass(component.getType())
        .in("component " + component.getName() + " of " + component.getDeclaringRecord().getName())
        .toException();
  }
}
