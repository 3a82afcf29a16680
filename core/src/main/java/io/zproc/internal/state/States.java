package io.zproc.internal.state;

import io.zproc.State;
import io.zproc.codec.Codec;
import java.util.Objects;

/** Opens states; what {@code Context} needs of this package. */
public final class States {
  private States() {}

  public static <K, V> State<K, V> open(
      CurrentClient clients, String namespace, Codec<K> keys, Codec<V> values) {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(values, "values");
    return open(clients, namespace, Types.of(keys, values));
  }

  public static <K, V> State<K, V> open(
      CurrentClient clients, String namespace, Class<K> keys, Class<V> values) {
    Objects.requireNonNull(namespace, "namespace");
    return open(clients, namespace, clients.types(keys, values));
  }

  /** Of what that state is now, see {@link io.zproc.spi.Connection#identity}. */
  public static long identity(State<?, ?> state) {
    return ((StateImpl<?, ?>) state).commits().namespace.connection.identity();
  }

  private static <K, V> State<K, V> open(CurrentClient clients, String name, Types<K, V> types) {
    Namespace<K, V> namespace = clients.get().namespace(name, types);
    return StateImpl.of(clients, namespace, new ServerReads<>(namespace));
  }
}
