package io.zproc.internal.state;

import io.zproc.internal.collect.PersistentMap;
import io.zproc.spi.Connection;

/** What all states of one name and type share within a client. */
final class Namespace<K, V> {
  final Client client;
  final Connection connection;
  final String name;
  final int number;
  final Types<K, V> types;
  final KeyCache keys;
  final Replica replica;
  final Followers followers;

  Namespace(Client client, String name, int number, Types<K, V> types) {
    this.client = client;
    this.connection = client.connection();
    this.name = name;
    this.number = number;
    this.types = types;
    this.keys = new KeyCache(connection, number, types);
    this.replica = new Replica(client, number);
    this.followers = new Followers(this);
  }

  void close() {
    followers.close();
    replica.close();
  }

  SnapshotImpl<K, V> snapshot(View view) {
    return snapshot(view.map(), view.revision());
  }

  SnapshotImpl<K, V> snapshot(PersistentMap map, long revision) {
    return new SnapshotImpl<>(types, map, revision);
  }

  @Override
  public String toString() {
    return "namespace '" + name + "' at " + connection.address();
  }
}
