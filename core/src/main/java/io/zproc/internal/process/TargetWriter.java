package io.zproc.internal.process;

import io.zproc.TargetNotSerializableException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;

/** Serializes targets before anything is started, or says why it can not. Stateless. */
public final class TargetWriter {
  private TargetWriter() {}

  public static byte[] write(Serializable target) {
    try {
      return Serialization.write(target);
    } catch (NotSerializableException e) {
      String path = CaptureTrace.to(e.getMessage(), target);
      throw new TargetNotSerializableException(
          "target "
              + Lambdas.nameOf(target)
              + " can not travel to another process: it captures "
              + e.getMessage()
              + (path.isEmpty() ? "" : " (" + path + ")")
              + ", which is not serializable. Make it so, or create it inside the target",
          e);
    } catch (IOException | RuntimeException e) {
      throw new TargetNotSerializableException(
          "target " + Lambdas.nameOf(target) + " can not be serialized: " + e, e);
    }
  }
}
