package io.zproc.benchmarks.floor;

import io.zproc.benchmarks.process.Child;
import io.zproc.benchmarks.process.Role;
import io.zproc.shm.internal.os.MappedFile;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Messages of 64 bytes over two Agrona rings in mapped memory, both sides spinning. */
public final class RingPingPong implements PingPong {
  private static final int MESSAGE = 64;
  private static final int TYPE = 1;
  private static final int LENGTH = (1 << 20) + RingBufferDescriptor.TRAILER_LENGTH;
  private static final String BACK = ".back";

  private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE]);
  private final MessageHandler take = this::take;
  private final Ends ends;
  private final Child echo;
  private long count;
  private long taken;

  /** The rings, and the mappings they need to live. */
  private record Ends(MappedFile there, MappedFile back, RingBuffer ping, RingBuffer pong) {
    static Ends of(MappedFile there, MappedFile back) {
      return new Ends(there, back, ring(there), ring(back));
    }

    private static RingBuffer ring(MappedFile file) {
      return new OneToOneRingBuffer(new UnsafeBuffer(file.address(), file.length()));
    }
  }

  private RingPingPong(Ends ends, Child echo) {
    this.ends = ends;
    this.echo = echo;
  }

  public static RingPingPong start(Path file) throws IOException {
    MappedFile there = MappedFile.create(file, LENGTH);
    MappedFile back = MappedFile.create(Path.of(file + BACK), LENGTH);
    Child echo = Child.start(Echo.class, file.toString()).awaitReady();
    return new RingPingPong(Ends.of(there, back), echo);
  }

  @Override
  public String name() {
    return "Agrona rings, 64 bytes";
  }

  @Override
  public long pid() {
    return echo.pid();
  }

  @Override
  public void trip(int times) {
    for (int i = 0; i < times; i++) {
      message.putLong(0, ++count);
      while (!ends.ping.write(TYPE, message, 0, MESSAGE)) {
        Thread.onSpinWait();
      }
      while (taken != count) {
        if (ends.pong.read(take, 1) == 0) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private void take(int type, MutableDirectBuffer buffer, int index, int length) {
    taken = buffer.getLong(index);
  }

  @Override
  public void close() throws IOException {
    echo.close();
  }

  /** The other end. */
  public static final class Echo implements Role {

    @Override
    public void run(String[] arguments, Runnable ready) {
      Ends ends =
          Ends.of(
              MappedFile.open(Path.of(arguments[0]), LENGTH),
              MappedFile.open(Path.of(arguments[0] + BACK), LENGTH));
      MessageHandler reply =
          (type, buffer, index, length) -> ends.pong.write(type, buffer, index, length);
      ready.run();
      for (; ; ) {
        if (ends.ping.read(reply, 1) == 0) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
