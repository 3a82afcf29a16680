package io.zproc.internal.admission;

import io.zproc.internal.process.LoadingStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectStreamClass;

/**
 * Asks before it looks for a class, whatever for the stream names it: as that of an object or of
 * its superclass, as a value, or as the one that captured a lambda. A lambda calls back into that
 * class when it is read, which comes later.
 */
final class AdmittingStream extends LoadingStream {
  private final Admission admission;

  AdmittingStream(byte[] bytes, Admission admission) throws IOException {
    super(new ByteArrayInputStream(bytes));
    this.admission = admission;
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description)
      throws IOException, ClassNotFoundException {
    admission.check(description.getName());
    try {
      return super.resolveClass(description);
    } catch (ClassNotFoundException e) {
      throw admission.missing(description.getName(), e);
    }
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
    throw admission.refuseProxy(interfaces);
  }
}
