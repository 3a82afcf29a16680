package io.zproc.internal.collect;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * An immutable map keyed by encoded keys, versions of which share what they have in common: a
 * compressed hash-array mapped prefix-tree (CHAMP: M. Steindorfer and J. Vinju, "Optimizing
 * Hash-Array Mapped Tries for Fast and Lean Immutable JVM Collections", OOPSLA 2015). Maps with
 * equal keys have the same shape and iteration order, but for keys whose hashes are equal.
 *
 * <p>Safe to publish by any means: all nodes are reachable through final fields and are no longer
 * changed when the map is made.
 */
public final class PersistentMap implements Iterable<Entry> {
  private static final PersistentMap EMPTY = new PersistentMap(Node.EMPTY, 0);

  private final Node root;
  private final int size;

  private PersistentMap(Node root, int size) {
    this.root = root;
    this.size = size;
  }

  public static PersistentMap empty() {
    return EMPTY;
  }

  /** The hash by which keys are found. */
  public static int hash(byte[] bytes, int offset, int length) {
    return KeyHash.hash(bytes, offset, length);
  }

  public int size() {
    return size;
  }

  /** The entry of the key, or null. */
  public Entry get(byte[] key) {
    return get(key, 0, key.length, hash(key, 0, key.length));
  }

  /** The entry of the key whose bytes are a range of an array, or null. */
  public Entry get(byte[] key, int offset, int length, int hash) {
    return Node.find(root, key, offset, length, hash);
  }

  /**
   * The entry of the key, or null.
   *
   * @param known null, or the array of an entry that was found for this key before: if it is the
   *     same again, the keys need not be compared
   */
  public Entry get(byte[] key, int hash, byte[] known) {
    return Node.find(root, key, 0, key.length, hash, known);
  }

  /** This map with the entry, which replaces one of the same key. */
  public PersistentMap with(Entry entry) {
    Edit edit = Edit.copying();
    Node changed = root.put(entry, 0, edit);
    return new PersistentMap(changed, size + edit.sizeChange);
  }

  /** This map without the key; this very map when the key is absent. */
  public PersistentMap without(byte[] key, int hash) {
    Edit edit = Edit.copying();
    Node changed = root.remove(key, hash, 0, edit);
    if (edit.sizeChange == 0) {
      return this;
    }
    return size == 1 ? EMPTY : new PersistentMap(changed, size - 1);
  }

  @Override
  public void forEach(Consumer<? super Entry> action) {
    root.forEach(action);
  }

  @Override
  public Iterator<Entry> iterator() {
    return new Entries(root);
  }

  /** A builder that starts with the content of this map, which it leaves as it is. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  public static Builder builder() {
    return new Builder(EMPTY);
  }

  /**
   * Many changes at the cost of few copies: nodes that the builder made itself are changed in
   * place. Not thread-safe.
   */
  public static final class Builder {
    private PersistentMap base;
    private Node root;
    private Edit edit = Edit.inPlace();

    private Builder(PersistentMap base) {
      this.base = base;
      this.root = base.root;
    }

    public int size() {
      return base.size + edit.sizeChange;
    }

    public Entry get(byte[] key, int offset, int length, int hash) {
      return Node.find(root, key, offset, length, hash);
    }

    public Builder put(Entry entry) {
      root = root.put(entry, 0, edit);
      return this;
    }

    public Builder remove(byte[] key, int hash) {
      root = root.remove(key, hash, 0, edit);
      return this;
    }

    /** The map as it is now; the builder can go on, and the map stays as it is. */
    public PersistentMap build() {
      if (root != base.root || edit.sizeChange != 0) {
        int size = size();
        base = size == 0 ? EMPTY : new PersistentMap(root, size);
        root = base.root;
        edit = Edit.inPlace();
      }
      return base;
    }
  }

  /** Walks the tree with a stack as deep as it. */
  private static final class Entries implements Iterator<Entry> {
    private static final int MAX_DEPTH = Integer.SIZE / Node.BITS + 2;

    private final Node[] path = new Node[MAX_DEPTH];
    private final int[] nextNode = new int[MAX_DEPTH];
    private int depth;
    private int nextEntry;

    Entries(Node root) {
      path[0] = root;
      skipToEntry();
    }

    /** Entries of a node come before those below it. */
    private void skipToEntry() {
      while (depth >= 0 && nextEntry == path[depth].entryCount()) {
        if (nextNode[depth] < path[depth].nodeCount()) {
          Node child = path[depth].node(nextNode[depth]++);
          path[++depth] = child;
          nextNode[depth] = 0;
          nextEntry = 0;
        } else {
          path[depth--] = null;
          nextEntry = depth < 0 ? 0 : path[depth].entryCount();
        }
      }
    }

    @Override
    public boolean hasNext() {
      return depth >= 0;
    }

    @Override
    public Entry next() {
      if (depth < 0) {
        throw new NoSuchElementException();
      }
      Entry entry = path[depth].entry(nextEntry++);
      skipToEntry();
      return entry;
    }
  }
}
