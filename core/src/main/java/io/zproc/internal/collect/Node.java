package io.zproc.internal.collect;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A node of the trie. {@code entryMap} and {@code nodeMap} have a bit for each of the 32 branches
 * that holds an entry, or a node; the entries are at the front of {@code slots} in the order of
 * their bits, the nodes at the back in the reverse order. Below the last bit of the hash both maps
 * are zero and {@code slots} is a list of the entries whose hashes are equal.
 */
final class Node {
  static final Node EMPTY = new Node(null, 0, 0, new Object[0]);
  static final int BITS = 5;

  final Object owner;
  private int entryMap;
  private int nodeMap;
  private Object[] slots;

  private Node(Object owner, int entryMap, int nodeMap, Object[] slots) {
    this.owner = owner;
    this.entryMap = entryMap;
    this.nodeMap = nodeMap;
    this.slots = slots;
  }

  int entryCount() {
    return nodeMap == 0 ? slots.length : Integer.bitCount(entryMap);
  }

  int nodeCount() {
    return Integer.bitCount(nodeMap);
  }

  Entry entry(int index) {
    return (Entry) slots[index];
  }

  /** The child nodes, counted from the last. */
  Node node(int index) {
    return (Node) slots[slots.length - 1 - index];
  }

  static Entry find(Node root, byte[] key, int offset, int length, int hash) {
    return find(root, key, offset, length, hash, null);
  }

  /** As above; {@code known} is null, or has been the array of an entry of this very key. */
  static Entry find(Node root, byte[] key, int offset, int length, int hash, byte[] known) {
    Node node = root;
    for (int shift = 0; shift < Integer.SIZE; shift += BITS) {
      int bit = bit(hash, shift);
      if ((node.entryMap & bit) != 0) {
        Entry entry = node.entry(index(node.entryMap, bit));
        boolean found = entry.key == known || matches(entry, key, offset, length, hash);
        return found ? entry : null;
      }
      if ((node.nodeMap & bit) == 0) {
        return null;
      }
      node = node.node(index(node.nodeMap, bit));
    }
    int at = node.indexOf(key, offset, length, hash);
    return at < 0 ? null : node.entry(at);
  }

  Node put(Entry entry, int shift, Edit edit) {
    if (shift >= Integer.SIZE) {
      return putColliding(entry, edit);
    }
    int bit = bit(entry.hash, shift);
    if ((nodeMap & bit) != 0) {
      int at = slots.length - 1 - index(nodeMap, bit);
      Node child = (Node) slots[at];
      Node changed = child.put(entry, shift + BITS, edit);
      return changed == child ? this : set(at, changed, edit);
    }
    int at = index(entryMap, bit);
    if ((entryMap & bit) == 0) {
      edit.sizeChange++;
      return with(entryMap | bit, nodeMap, inserted(at, entry), edit);
    }
    Entry old = entry(at);
    if (matches(old, entry.key, 0, entry.key.length, entry.hash)) {
      return set(at, entry, edit);
    }
    edit.sizeChange++;
    Node child = pair(old, entry, shift + BITS, edit);
    int target = slots.length - 1 - index(nodeMap, bit);
    return with(entryMap ^ bit, nodeMap | bit, moved(at, target, child), edit);
  }

  private Node putColliding(Entry entry, Edit edit) {
    int at = indexOf(entry.key, 0, entry.key.length, entry.hash);
    if (at >= 0) {
      return set(at, entry, edit);
    }
    edit.sizeChange++;
    return with(0, 0, inserted(slots.length, entry), edit);
  }

  /** The smallest tree that tells two entries apart. */
  private static Node pair(Entry one, Entry other, int shift, Edit edit) {
    if (shift >= Integer.SIZE) {
      return new Node(edit.owner(), 0, 0, new Object[] {one, other});
    }
    int bit = bit(one.hash, shift);
    int otherBit = bit(other.hash, shift);
    if (bit == otherBit) {
      Node child = pair(one, other, shift + BITS, edit);
      return new Node(edit.owner(), 0, bit, new Object[] {child});
    }
    boolean inOrder = Integer.compareUnsigned(bit, otherBit) < 0;
    Object[] both = inOrder ? new Object[] {one, other} : new Object[] {other, one};
    return new Node(edit.owner(), bit | otherBit, 0, both);
  }

  /** This node without the key; this very node when the key is absent. */
  Node remove(byte[] key, int hash, int shift, Edit edit) {
    if (shift >= Integer.SIZE) {
      return removeColliding(key, hash, edit);
    }
    int bit = bit(hash, shift);
    if ((nodeMap & bit) != 0) {
      return removeBelow(key, hash, shift, edit);
    }
    int at = index(entryMap, bit);
    if ((entryMap & bit) == 0 || !matches(entry(at), key, 0, key.length, hash)) {
      return this;
    }
    edit.sizeChange--;
    return with(entryMap ^ bit, nodeMap, removed(at), edit);
  }

  private Node removeColliding(byte[] key, int hash, Edit edit) {
    int at = indexOf(key, 0, key.length, hash);
    if (at < 0) {
      return this;
    }
    edit.sizeChange--;
    return with(0, 0, removed(at), edit);
  }

  /** A child that is left with one entry gives it up, so that a map has only one shape. */
  private Node removeBelow(byte[] key, int hash, int shift, Edit edit) {
    int bit = bit(hash, shift);
    int at = slots.length - 1 - index(nodeMap, bit);
    Node child = (Node) slots[at];
    int before = edit.sizeChange;
    Node changed = child.remove(key, hash, shift + BITS, edit);
    if (edit.sizeChange == before) {
      return this;
    }
    if (changed.nodeMap == 0 && changed.slots.length == 1) {
      Object[] inlined = moved(at, index(entryMap, bit), changed.slots[0]);
      return with(entryMap | bit, nodeMap ^ bit, inlined, edit);
    }
    return changed == child ? this : set(at, changed, edit);
  }

  void forEach(Consumer<? super Entry> action) {
    int entries = entryCount();
    for (int i = 0; i < entries; i++) {
      action.accept((Entry) slots[i]);
    }
    for (int i = entries; i < slots.length; i++) {
      ((Node) slots[i]).forEach(action);
    }
  }

  private Node set(int at, Object content, Edit edit) {
    if (edit.owns(this)) {
      slots[at] = content;
      return this;
    }
    Object[] copy = slots.clone();
    copy[at] = content;
    return new Node(edit.owner(), entryMap, nodeMap, copy);
  }

  private Node with(int newEntryMap, int newNodeMap, Object[] newSlots, Edit edit) {
    if (!edit.owns(this)) {
      return new Node(edit.owner(), newEntryMap, newNodeMap, newSlots);
    }
    entryMap = newEntryMap;
    nodeMap = newNodeMap;
    slots = newSlots;
    return this;
  }

  private Object[] inserted(int at, Object content) {
    Object[] copy = new Object[slots.length + 1];
    System.arraycopy(slots, 0, copy, 0, at);
    copy[at] = content;
    System.arraycopy(slots, at, copy, at + 1, slots.length - at);
    return copy;
  }

  private Object[] removed(int at) {
    Object[] copy = Arrays.copyOf(slots, slots.length - 1);
    System.arraycopy(slots, at + 1, copy, at, copy.length - at);
    return copy;
  }

  /** Takes out what is at {@code from} and puts {@code content} at {@code to} of the result. */
  private Object[] moved(int from, int to, Object content) {
    Object[] copy = slots.clone();
    if (from < to) {
      System.arraycopy(slots, from + 1, copy, from, to - from);
    } else {
      System.arraycopy(slots, to, copy, to + 1, from - to);
    }
    copy[to] = content;
    return copy;
  }

  private int indexOf(byte[] key, int offset, int length, int hash) {
    for (int i = 0; i < slots.length; i++) {
      if (matches(entry(i), key, offset, length, hash)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(Entry entry, byte[] key, int offset, int length, int hash) {
    return entry.hash == hash
        && Arrays.equals(entry.key, 0, entry.key.length, key, offset, offset + length);
  }

  private static int bit(int hash, int shift) {
    return 1 << (hash >>> shift);
  }

  private static int index(int map, int bit) {
    return Integer.bitCount(map & bit - 1);
  }
}
