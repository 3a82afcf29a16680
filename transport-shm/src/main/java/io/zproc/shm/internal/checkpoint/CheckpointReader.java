package io.zproc.shm.internal.checkpoint;

import io.zproc.codec.ByteWriter;
import io.zproc.internal.protocol.Event;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Reads a checkpoint; one thread at a time. */
public final class CheckpointReader implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final Path path;
  private final RandomAccessFile file;
  private final CheckpointHeader header;
  private final ByteWriter head = new ByteWriter(Event.HEADER_LENGTH);

  private CheckpointReader(Path path, RandomAccessFile file, CheckpointHeader header) {
    this.path = path;
    this.file = file;
    this.header = header;
  }

  /**
   * Opens the checkpoint of a revision.
   *
   * @throws IOException when it is not there, or not whole
   */
  public static CheckpointReader open(Path journal, long revision) throws IOException {
    Path path = CheckpointFiles.path(journal, revision);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    try {
      CheckpointHeader header = CheckpointHeader.read(file);
      if (header.revision() != revision) {
        throw new IOException(path + " is a checkpoint of revision " + header.revision());
      }
      return new CheckpointReader(path, file, header);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  public long revision() {
    return header.revision();
  }

  /**
   * Reads everything.
   *
   * @param entries gets each entry as an event with one change, valid during the call
   * @return what was given to {@link CheckpointWriter#finish}
   */
  public byte[] readAll(Consumer<Event> entries) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(path.toFile()), BUFFER))) {
      in.skipNBytes(CheckpointDescriptor.HEADER_LENGTH);
      Event event = new Event();
      for (long i = 0; i < header.entries(); i++) {
        long revision = in.readLong();
        int length = in.readInt();
        in.readFully(event.ensure(Event.HEADER_LENGTH + length), Event.HEADER_LENGTH, length);
        entries.accept(wrap(event, revision, 1, length));
      }
    }
    byte[] sessions = new byte[(int) (header.length() - header.sessions())];
    file.seek(header.sessions());
    file.readFully(sessions);
    return sessions;
  }

  /** Whether every byte is as it was written. */
  public boolean isIntact() throws IOException {
    CRC32C crc = new CRC32C();
    try (InputStream in = new FileInputStream(path.toFile())) {
      in.skipNBytes(CheckpointDescriptor.HEADER_LENGTH);
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
      }
    }
    return (int) crc.getValue() == CheckpointHeader.readCrc(file);
  }

  /**
   * Gives what is left of the commits behind a revision: the next of them that wrote a value which
   * is part of the checkpoint.
   *
   * @return false if there is none
   */
  public boolean next(long after, Event into) throws IOException {
    long place = firstBehind(after);
    if (place == header.entries()) {
      return false;
    }
    long revision = revisionAt(place);
    int count = 0;
    int length = 0;
    for (; place < header.entries() && revisionAt(place) == revision; place++) {
      length += readChange(place, into, length);
      count++;
    }
    wrap(into, revision, count, length);
    return true;
  }

  /** Reads a change behind {@code length} bytes of others; returns its length. */
  private int readChange(long place, Event into, int length) throws IOException {
    file.seek(header.index() + place * CheckpointDescriptor.INDEX_ENTRY_LENGTH + Long.BYTES);
    file.seek(file.readLong() + Long.BYTES);
    int change = file.readInt();
    int start = Event.HEADER_LENGTH + length;
    file.readFully(into.ensureKeeping(start + change, start), start, change);
    return change;
  }

  private long firstBehind(long after) throws IOException {
    long low = 0;
    long high = header.entries();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (revisionAt(middle) > after) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private long revisionAt(long place) throws IOException {
    file.seek(header.index() + place * CheckpointDescriptor.INDEX_ENTRY_LENGTH);
    return file.readLong();
  }

  private Event wrap(Event event, long revision, int changes, int length) {
    Event.begin(head, revision, 0, 0, 0, 0);
    Event.end(head, changes);
    System.arraycopy(head.array(), 0, event.ensure(Event.HEADER_LENGTH), 0, Event.HEADER_LENGTH);
    return event.wrap(Event.HEADER_LENGTH + length);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
