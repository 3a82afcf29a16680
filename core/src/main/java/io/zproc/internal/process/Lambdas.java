package io.zproc.internal.process;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Optional;

/** Looks into lambdas and method references that are serializable. Stateless. */
final class Lambdas {
  private static final String BODY = "lambda$";

  private Lambdas() {}

  /** Its serialized form; empty for any other object. */
  static Optional<SerializedLambda> of(Object object) {
    if (!object.getClass().isHidden()) {
      return Optional.empty();
    }
    try {
      Method writeReplace = object.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      return writeReplace.invoke(object) instanceof SerializedLambda lambda
          ? Optional.of(lambda)
          : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** What people know a target by, such as {@code Bakery::bake} or {@code Bakery.main}. */
  static String nameOf(Object target) {
    return of(target).map(Lambdas::name).orElseGet(() -> simple(target.getClass().getName()));
  }

  private static String name(SerializedLambda lambda) {
    String type = simple(lambda.getImplClass().replace('/', '.'));
    String method = lambda.getImplMethodName();
    if (!method.startsWith(BODY)) {
      return type + "::" + method;
    }
    int end = method.indexOf('$', BODY.length());
    return type + "." + method.substring(BODY.length(), end < 0 ? method.length() : end);
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** What a captured argument is called: {@code this}, or its place among the captured ones. */
  static String argumentName(SerializedLambda lambda, int index) {
    boolean onInstance = lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic;
    if (index == 0 && onInstance) {
      return lambda.getImplMethodName().startsWith(BODY) ? "'this'" : "the object before '::'";
    }
    return "captured argument " + (onInstance ? index : index + 1);
  }
}
