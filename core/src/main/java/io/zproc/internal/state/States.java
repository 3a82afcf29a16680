package io.zproc.internal.state;

import io.zproc.State;
import io.zproc.codec.Codec;
import java.util.Objects;

/** Opens states; what {@code Context} needs of this package. */
public final class States {
  private States() {}

  public static <K, V> State<K, V> open(
      Client client, String namespace, Codec<K> keys, Codec<V> values) {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(values, "values");
    return open(client.namespace(namespace, Types.of(keys, values)));
  }

  public static <K, V> State<K, V> open(
      Client client, String namespace, Class<K> keys, Class<V> values) {
    Objects.requireNonNull(namespace, "namespace");
    return open(client.namespace(namespace, client.types(keys, values)));
  }

  private static <K, V> State<K, V> open(Namespace<K, V> namespace) {
    return new StateImpl<>(namespace, new ServerReads<>(namespace));
  }
}
