package com.example.platform.transformer;

import com.example.platform.kafka.ClientConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** Hears how a transaction ended that the container began. */
final class TransactionEnd implements TransactionExecutionListener {
  private final TransactionCounts counts;
  private final InstantSource clock;
  private Instant begun = Instant.EPOCH;
  private int failures;
  private EventTransform.Output output = new EventTransform.Output(List.of(), List.of());

  TransactionEnd(TransactionCounts counts, InstantSource clock) {
    this.counts = counts;
    this.clock = clock;
  }

  /** What the transaction under way writes. */
  void underWay(EventTransform.Output now) {
    output = now;
  }

  /** Whether its coordinator may have ended it before we did. */
  boolean tookTooLong() {
    return !clock.instant().isBefore(begun.plus(ClientConfig.TRANSACTION_TIMEOUT));
  }

  /** How many in a row came to nothing. */
  int failures() {
    return failures;
  }

  @Override
  public void afterBegin(TransactionExecution transaction, Throwable failure) {
    begun = clock.instant();
  }

  @Override
  public void afterCommit(TransactionExecution transaction, Throwable failure) {
    if (failure == null) {
      failures = 0;
      counts.committed(output);
    } else {
      aborted();
    }
  }

  @Override
  public void afterRollback(TransactionExecution transaction, Throwable failure) {
    aborted();
  }

  private void aborted() {
    failures++;
    counts.aborted();
  }
}
