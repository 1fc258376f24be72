package com.example.platform.transformer;

import static com.example.platform.logs.RecordFields.about;

import com.example.platform.consumer.DeadLetter;
import com.example.platform.metrics.TransformerMetrics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what became of a transaction's records when it has ended, not before. */
final class TransactionCounts {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionCounts.class);

  private final TransformerMetrics metrics;
  private final AtomicLong transformed = new AtomicLong();
  private final AtomicLong deadLettered = new AtomicLong();

  TransactionCounts(TransformerMetrics metrics) {
    this.metrics = metrics;
  }

  /** Since the service started. */
  Map<String, Long> stats() {
    return Map.of("transformed", transformed.get(), "deadLettered", deadLettered.get());
  }

  void committed(EventTransform.Output output) {
    metrics.committed().increment();
    metrics.consumed().increment(output.derived().size() + output.dead().size());
    transformed.addAndGet(output.derived().size());
    deadLettered.addAndGet(output.dead().size());
    for (DeadLetter letter : output.dead()) {
      metrics.deadLetters().written(letter.errorClass()).increment();
      about(LOG.atWarn(), letter.record())
          .addKeyValue("errorClass", letter.errorClass().label())
          .log("Dead letter: {}", letter.message());
    }
  }

  void aborted() {
    metrics.aborted().increment();
  }
}
