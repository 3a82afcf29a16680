package io.zproc.internal.state;

/** What a state works with as long as its client stays the same. */
final class StateParts<K, V> {
  final Namespace<K, V> namespace;
  final Commits<K, V> commits;
  final Reads<K, V> reads;
  final MapOperations<K, V> map;
  final ConditionalUpdates<K, V> conditional;
  final Contention contention;
  final Watching<K, V> watching;

  private StateParts(Commits<K, V> commits, Watching<K, V> watching) {
    this.namespace = commits.namespace;
    this.commits = commits;
    this.reads = commits.reads;
    this.map = new MapOperations<>(commits);
    this.conditional = new ConditionalUpdates<>(commits);
    this.contention = new Contention(commits);
    this.watching = watching;
  }

  /** Those of a new state, whose buffered cursor begins now. */
  static <K, V> StateParts<K, V> of(Commits<K, V> commits) {
    return new StateParts<>(commits, new Watching<>(commits));
  }

  /** Those with a client of the state that has replaced this one's. */
  StateParts<K, V> renewed(Client client) {
    Namespace<K, V> other = client.namespace(namespace.name, namespace.types);
    Commits<K, V> anew = new Commits<>(other, commits.origin, reads.of(other));
    reads.close();
    return new StateParts<>(anew, watching.lostIn(anew));
  }

  void close() {
    watching.close();
    reads.close();
  }
}
