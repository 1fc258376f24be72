package com.example.platform.transformer;

import java.util.List;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** Hears how a transaction ended that the container began. */
final class TransactionEnd implements TransactionExecutionListener {
  private final TransactionCounts counts;
  private EventTransform.Output output = new EventTransform.Output(List.of(), List.of());

  TransactionEnd(TransactionCounts counts) {
    this.counts = counts;
  }

  /** What the transaction under way writes. */
  void underWay(EventTransform.Output now) {
    output = now;
  }

  @Override
  public void afterCommit(TransactionExecution transaction, Throwable failure) {
    if (failure == null) {
      counts.committed(output);
    } else {
      counts.aborted();
    }
  }

  @Override
  public void afterRollback(TransactionExecution transaction, Throwable failure) {
    counts.aborted();
  }
}
