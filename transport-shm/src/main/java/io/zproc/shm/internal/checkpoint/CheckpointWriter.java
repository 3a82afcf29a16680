package io.zproc.shm.internal.checkpoint;

import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Event;
import io.zproc.shm.internal.os.Helper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes a checkpoint. The server's thread adds entries, which only fills memory; the helper's
 * thread writes them to the file. Handing a block to the helper publishes it.
 */
public final class CheckpointWriter {
  /** With so many blocks on their way it is better to wait. */
  private static final int MAX_BACKLOG = 64;

  /** More than an entry needs beside its key and value. */
  private static final int HEAD_BYTES = 64;

  private final Helper helper;
  private final CheckpointFile file;
  private final AtomicInteger backlog = new AtomicInteger();
  private Block block = new Block();

  /** Full blocks that have to wait, since the parts of a long value must stand together. */
  private final List<Block> held = new ArrayList<>();

  private boolean isInLongKey;

  /** The first failure; written and read by the helper's tasks alone. */
  private IOException failure;

  /**
   * @param segmentBytes of the journal's segment that ends with the revision
   */
  public CheckpointWriter(Path journal, long revision, long segmentBytes, Helper helper) {
    this.helper = helper;
    this.file = new CheckpointFile(journal, revision, segmentBytes);
  }

  /** Adds a namespace; all of them come before any key. */
  public void addNamespace(int number, byte[] name, long revision) {
    Event.namespace(block.beginEntry(revision), number, name);
    endEntry();
  }

  /** Begins a key; {@code length} bytes of its value follow, then {@link #endEntry}. */
  public ByteWriter beginKey(int namespace, byte[] key, int length, long revision) {
    ByteWriter out = block.beginEntry(revision);
    Event.beginPut(out, namespace, 0, key, length);
    return out;
  }

  public void endEntry() {
    block.endEntry();
    if (block.isFull()) {
      hand(block);
      block = new Block();
    }
  }

  /**
   * Begins a key with a long value, which follows by {@link #addPart} until {@link #endLongKey}.
   * Other keys may be added in between; such as this, one at a time.
   */
  public void beginLongKey(int namespace, byte[] key, int length, long revision) {
    if (block.count > 0) {
      // Namespaces come first.
      hand(block);
      block = new Block();
    }
    Block head = new Block(new ByteWriter(key.length + HEAD_BYTES));
    Event.beginPut(head.beginEntry(revision), namespace, 0, key, length);
    head.endEntry(length);
    submit(head);
    isInLongKey = true;
  }

  /** Goes on with the long value; those bytes are the checkpoint's from then on. */
  public void addPart(ByteWriter part) {
    submit(new Block(part));
  }

  public void endLongKey() {
    isInLongKey = false;
    held.forEach(this::submit);
    held.clear();
  }

  private void hand(Block full) {
    if (isInLongKey) {
      held.add(full);
    } else {
      submit(full);
    }
  }

  private void submit(Block full) {
    backlog.incrementAndGet();
    helper.submit(
        () -> {
          write(full);
          backlog.decrementAndGet();
          return null;
        });
  }

  private void write(Block full) {
    if (failure == null) {
      try {
        file.write(full);
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  /** Whether the helper has as much to write as should wait for it. */
  public boolean isBehind() {
    return backlog.get() >= MAX_BACKLOG;
  }

  /**
   * Completes the checkpoint.
   *
   * @return gives the file's length, or the failure, when it is there
   */
  public Future<Long> finish(byte[] sessions) {
    hand(block);
    return helper.submit(() -> finishNow(sessions));
  }

  private long finishNow(byte[] sessions) throws IOException {
    try {
      if (failure != null) {
        throw failure;
      }
      return file.finish(sessions);
    } catch (IOException e) {
      file.abort();
      throw e;
    }
  }

  /** Gives it up; what was written is deleted. */
  public void abort() {
    helper.submit(
        () -> {
          file.abort();
          return null;
        });
  }
}
