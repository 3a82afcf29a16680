package io.zproc.internal.state;

import io.zproc.Transaction;
import io.zproc.internal.protocol.BatchEncoder;
import java.util.function.Function;

/** Runs a transaction's function, each time on a new view. */
final class TransactionRun<K, V, R> implements Contention.Attempt {
  private final Commits<K, V> commits;
  private final Function<? super Transaction<K, V>, ? extends R> function;
  private TransactionImpl<K, V> transaction;
  private R result;

  TransactionRun(Commits<K, V> commits, Function<? super Transaction<K, V>, ? extends R> function) {
    this.commits = commits;
    this.function = function;
  }

  R result() {
    return result;
  }

  @Override
  public boolean prepare() {
    transaction = new TransactionImpl<>(commits);
    try {
      result = function.apply(transaction);
    } catch (RuntimeException | Error e) {
      if (!transaction.isDoomed()) {
        throw e;
      }
    } finally {
      transaction.end();
    }
    if (transaction.isDoomed()) {
      throw Restart.NOW;
    }
    return transaction.prepare();
  }

  @Override
  public void encode(BatchEncoder batch) {
    transaction.encode(batch);
  }
}
