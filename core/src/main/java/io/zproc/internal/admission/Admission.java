package io.zproc.internal.admission;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.util.Collection;
import java.util.Map;

/**
 * Which classes may be deserialized: those that somebody listed, the {@link LibraryClasses}, and
 * arrays of both. A name is checked before the class of it is looked for, so what is not admitted
 * is not even loaded. Immutable.
 */
public final class Admission {
  private static final String LAMBDA = "$$Lambda";

  /** What hash maps say that they are about to make; no stream may name it. */
  private static final Class<?> HASH_TABLE = Map.Entry[].class;

  private final String where;
  private final ClassPatterns listed;

  /**
   * @param where who admits, for people to read
   * @param patterns names of classes, see {@link ClassPatterns}
   * @throws IllegalArgumentException when a pattern is none
   */
  public Admission(String where, Collection<String> patterns) {
    this.where = where;
    this.listed = new ClassPatterns(patterns);
  }

  /**
   * Reads an object.
   *
   * @throws InvalidClassException when it has a class that is not admitted, or is too deep or large
   * @throws ClassNotFoundException when it has a class that is admitted and not there
   */
  public Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    LimitFilter filter = new LimitFilter(this, bytes.length);
    try (AdmittingStream in = new AdmittingStream(bytes, this)) {
      in.setObjectInputFilter(filter);
      return in.readObject();
    } catch (InvalidClassException e) {
      throw filter.reason() == null ? e : new InvalidClassException(filter.reason());
    }
  }

  /** The same for streams that do not know of this, without limits on their size. */
  public ObjectInputFilter filter() {
    return info -> info.serialClass() == null ? Status.UNDECIDED : status(info.serialClass());
  }

  Status status(Class<?> type) {
    return type == HASH_TABLE || admits(type) ? Status.ALLOWED : Status.REJECTED;
  }

  private boolean admits(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element.isPrimitive()
        || (element.isHidden() ? admitsLambda(element.getName()) : admits(element.getName()));
  }

  /** A lambda that was made, after all that it was made of: named after the class it is of. */
  private boolean admitsLambda(String name) {
    int end = name.indexOf(LAMBDA);
    return end >= 0 && listed.match(name.substring(0, end));
  }

  private boolean admits(String name) {
    return LibraryClasses.NAMES.contains(name) || listed.match(name);
  }

  /**
   * @param name as {@link Class#getName} gives it, that of an array included
   */
  void check(String name) throws InvalidClassException {
    String element = name;
    if (name.startsWith("[")) {
      String component = name.substring(name.lastIndexOf('[') + 1);
      if (!component.startsWith("L")) {
        return; // of a primitive type
      }
      element = component.substring(1, component.length() - 1);
    }
    if (!admits(element)) {
      throw new InvalidClassException(
          element, where + " does not admit it; it would with --allow '" + element + "'");
    }
  }

  InvalidClassException refuseProxy(String[] interfaces) {
    return new InvalidClassException(
        "a dynamic proxy of " + String.join(", ", interfaces), where + " admits none");
  }

  ClassNotFoundException missing(String name, ClassNotFoundException cause) {
    return new ClassNotFoundException(
        name + "; " + where + " does not have it: put it on its ZPROC_CLASSPATH", cause);
  }
}
