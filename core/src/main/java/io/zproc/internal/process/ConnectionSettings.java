package io.zproc.internal.process;

import io.zproc.Context;
import io.zproc.ContextBuilder;
import io.zproc.WaitStrategy;
import io.zproc.ZProcException;
import io.zproc.codec.PlainCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * What a child needs to open a context like its parent's. The first part of what it reads from its
 * standard input.
 *
 * @param secretKey null for none
 * @param encrypt whether what goes over a network is encrypted
 */
public record ConnectionSettings(
    String address,
    String namespace,
    String secretKey,
    boolean encrypt,
    Duration timeout,
    WaitStrategy waitStrategy,
    PlainCodec codec) {

  public Context open() {
    ContextBuilder builder =
        Context.builder()
            .address(address)
            .namespace(namespace)
            .secretKey(secretKey)
            .timeout(timeout)
            .waitStrategy(waitStrategy)
            .codec(codec);
    return (encrypt ? builder.encrypt() : builder).open();
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(address);
    out.writeUTF(namespace);
    out.writeBoolean(secretKey != null);
    if (secretKey != null) {
      out.writeUTF(secretKey);
    }
    out.writeBoolean(encrypt);
    out.writeLong(timeout.toNanos());
    out.writeUTF(waitStrategy.name());
    Map<String, Class<?>> types = codec.registered();
    out.writeInt(types.size());
    for (Map.Entry<String, Class<?>> type : types.entrySet()) {
      out.writeUTF(type.getKey());
      out.writeUTF(type.getValue().getName());
    }
  }

  static ConnectionSettings read(DataInput in) throws IOException {
    return new ConnectionSettings(
        in.readUTF(),
        in.readUTF(),
        in.readBoolean() ? in.readUTF() : null,
        in.readBoolean(),
        Duration.ofNanos(in.readLong()),
        WaitStrategy.valueOf(in.readUTF()),
        readCodec(in));
  }

  private static PlainCodec readCodec(DataInput in) throws IOException {
    int types = in.readInt();
    if (types == 0) {
      return PlainCodec.standard();
    }
    PlainCodec.Builder builder = PlainCodec.builder();
    for (int i = 0; i < types; i++) {
      builder.register(in.readUTF(), load(in.readUTF()));
    }
    return builder.build();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new ZProcException("a process lacks the registered class " + name, e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return address + " " + namespace;
  }
}
