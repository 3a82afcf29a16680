package io.zproc.internal.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/**
 * Knows the classes of this thread's context class loader. By itself, an object stream knows only
 * those that our own class loader knows.
 */
public class LoadingStream extends ObjectInputStream {
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

  public LoadingStream(InputStream in) throws IOException {
    super(in);
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description)
      throws IOException, ClassNotFoundException {
    try {
      return Class.forName(description.getName(), false, loader);
    } catch (ClassNotFoundException e) {
      return super.resolveClass(description);
    }
  }
}
