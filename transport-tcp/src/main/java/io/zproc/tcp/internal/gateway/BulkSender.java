package io.zproc.tcp.internal.gateway;

import io.zproc.ZProcException;
import io.zproc.codec.ByteWriter;
import io.zproc.spi.Exchange;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Gives long commands to the server, which means to wait for room again and again, on a thread of
 * its own: the gateway's has others to serve. One after the other.
 */
final class BulkSender implements AutoCloseable {
  private final Runnable wakeGateway;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "zproc-gateway-bulk");
            made.setDaemon(true);
            return made;
          });

  BulkSender(Runnable wakeGateway) {
    this.wakeGateway = wakeGateway;
  }

  /** One command on its way; written by the bulk thread, read by the gateway's. */
  static final class Delivery {
    /** What is read until it is done. */
    final byte[] bytes;

    private volatile boolean done;
    private ZProcException failure;

    private Delivery(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Whether it is done, or has failed. */
    boolean isOver() {
      return done;
    }

    /**
     * Whether the exchange belongs to the gateway's thread again.
     *
     * @throws ZProcException if the command could not be sent
     */
    boolean isDone() {
      if (done && failure != null) {
        throw failure;
      }
      return done;
    }
  }

  /** Sends a request that was begun, and goes on with the first of those bytes. */
  Delivery send(Exchange exchange, ByteWriter request, byte[] bytes, int length) {
    Delivery delivery = new Delivery(bytes);
    thread.execute(
        () -> {
          try {
            request.writeBytes(bytes, 0, length);
            exchange.send(Backend.deadlineNs());
          } catch (ZProcException e) {
            delivery.failure = e;
          } catch (RuntimeException | OutOfMemoryError e) {
            delivery.failure = new ZProcException("a command could not be sent: " + e, e);
          }
          delivery.done = true;
          wakeGateway.run();
        });
    return delivery;
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
