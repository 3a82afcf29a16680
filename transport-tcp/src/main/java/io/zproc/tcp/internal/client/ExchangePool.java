package io.zproc.tcp.internal.client;

import io.zproc.ServerDownException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The exchanges of one client, the one used last first. Any thread; all under one lock. */
final class ExchangePool {
  private static final int MAX_EXCHANGES = 64;

  private final TcpConnection connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition givenBack = lock.newCondition();
  private final Deque<TcpExchange> idle = new ArrayDeque<>();
  private final Set<TcpExchange> busy = new HashSet<>();
  private boolean closed;

  ExchangePool(TcpConnection connection) {
    this.connection = connection;
  }

  TcpExchange borrow() {
    lock.lock();
    try {
      awaitOne();
      connection.requireOpen();
      TcpExchange exchange = idle.isEmpty() ? new TcpExchange(connection, this) : idle.pop();
      busy.add(exchange);
      return exchange;
    } finally {
      lock.unlock();
    }
  }

  private void awaitOne() {
    long left = connection.timeoutNs();
    boolean interrupted = false;
    while (idle.isEmpty() && busy.size() == MAX_EXCHANGES && !closed) {
      if (left <= 0) {
        throw new ServerDownException(
            "all "
                + MAX_EXCHANGES
                + " sessions of this client were busy for longer than its timeout");
      }
      long start = System.nanoTime();
      try {
        givenBack.await(left, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left -= System.nanoTime() - start;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void giveBack(TcpExchange exchange) {
    lock.lock();
    try {
      if (!busy.remove(exchange)) {
        return;
      }
      if (closed) {
        exchange.end();
      } else {
        idle.push(exchange);
      }
      givenBack.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends those that are idle now, and the others when they are given back. */
  void close() {
    lock.lock();
    try {
      closed = true;
      idle.forEach(TcpExchange::end);
      idle.clear();
      busy.forEach(TcpExchange::wake);
      givenBack.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
