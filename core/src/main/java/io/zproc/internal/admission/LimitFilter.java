package io.zproc.internal.admission;

import java.io.ObjectInputFilter;

/** Keeps one object that is read within bounds, and its classes to those admitted. For one read. */
final class LimitFilter implements ObjectInputFilter {
  static final int MAX_DEPTH = 200;
  static final int MAX_REFERENCES = 1 << 22;

  /**
   * An element of an array takes at least a byte. The tables of hash maps, which count too, are a
   * few times as large as what is in them.
   */
  private static final int ELEMENTS_PER_BYTE = 4;

  private final Admission admission;
  private final long maxElements;
  private long elements;
  private String reason;

  /**
   * @param length of the serialized object in bytes
   */
  LimitFilter(Admission admission, int length) {
    this.admission = admission;
    this.maxElements = (long) ELEMENTS_PER_BYTE * length;
  }

  @Override
  public Status checkInput(FilterInfo info) {
    elements += Math.max(0, info.arrayLength());
    if (info.depth() > MAX_DEPTH) {
      return reject("objects in objects, more than " + MAX_DEPTH + " deep");
    }
    if (info.references() > MAX_REFERENCES) {
      return reject("more than " + MAX_REFERENCES + " objects");
    }
    if (elements > maxElements) {
      return reject("arrays of " + elements + " elements in too few bytes");
    }
    if (info.serialClass() == null) {
      return Status.UNDECIDED;
    }
    boolean admitted = admission.status(info.serialClass()) == Status.ALLOWED;
    return admitted ? Status.ALLOWED : reject(info.serialClass().getName() + " is not admitted");
  }

  private Status reject(String because) {
    reason = because;
    return Status.REJECTED;
  }

  /** Why it was rejected, or null. */
  String reason() {
    return reason;
  }
}
