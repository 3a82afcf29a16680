package io.zproc.shm.internal.server;

import io.zproc.codec.ByteWriter;
import io.zproc.internal.jvm.Opens;
import io.zproc.shm.internal.layout.Control;
import io.zproc.shm.internal.offheap.IntList;
import io.zproc.shm.internal.os.Helper;
import io.zproc.testing.TestDirectories;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The store of a server, without one, with namespaces 1 to N; keys and values are text. */
final class TestStore implements AutoCloseable {
  record Key(int namespace, String name) {}

  record Value(long version, String text) {}

  final Path directory = TestDirectories.create();
  final Helper helper = new Helper();
  final StateStore store;

  /** What tells of the namespaces: their names, in namespace 0, and the numbers of these. */
  final Map<Key, Value> names = new HashMap<>();

  /** The last that was given to a change. */
  long revision;

  private final int namespaces;

  TestStore(int namespaces, long maxBytes) {
    this.namespaces = namespaces;
    Opens.open();
    Control control = Control.openOrCreate(directory.resolve("control"));
    SlotStore slots = new SlotStore(directory, control, 1, maxBytes, helper);
    slots.start();
    store = new StateStore(slots);
    for (int id = 1; id <= namespaces; id++) {
      byte[] name = bytes("n" + id);
      store.prepareNamespace(name);
      store.addNamespace(id, name, ++revision);
      names.put(new Key(0, "n" + id), new Value(revision, "" + id));
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  int find(Key key) {
    byte[] name = bytes(key.name);
    return store.find(key.namespace, name, 0, name.length);
  }

  boolean isPresent(Key key) {
    return store.entries().isPresent(find(key));
  }

  /** Every key that is present, as its slot has it. */
  Map<Key, Value> content() {
    Map<Key, Value> content = new HashMap<>();
    for (int id = 1; id <= namespaces; id++) {
      IntList keys = store.namespace(id).entries;
      for (int i = 0; i < keys.size(); i++) {
        int entry = keys.get(i);
        if (store.entries().isPresent(entry)) {
          Value value = new Value(store.entries().version(entry), read(entry));
          content.put(new Key(id, text(store.entries().key(entry))), value);
        }
      }
    }
    return content;
  }

  private String read(int entry) {
    ByteWriter value = new ByteWriter();
    store.read(entry, value);
    return text(value.toByteArray());
  }

  @Override
  public void close() {
    helper.close();
    store.slots().close();
    TestDirectories.delete(directory);
  }
}
