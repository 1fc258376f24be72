package com.example.platform.consumer;

import static com.example.platform.logs.RecordFields.about;

import com.example.platform.event.Event;
import com.example.platform.event.EventCodec;
import com.example.platform.metrics.ConsumerMetrics;
import com.example.platform.store.Applied;
import com.example.platform.store.EventStore;
import com.example.platform.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch on its way: decode, apply in one transaction, then dead-letter what failed. The order
 * is what makes an effect happen once: store, dead letters, and only then the offset.
 */
public final class BatchProcessor<E extends Event> {
  private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);

  private final EventCodec<E> codec;
  private final EventStore<E> store;
  private final DeadLetters deadLetters;
  private final ConsumerMetrics metrics;

  public BatchProcessor(EventStore<E> store, DeadLetters deadLetters, ConsumerMetrics metrics) {
    this.codec = new EventCodec<>(store.domain());
    this.store = store;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
  }

  /** One attempt; throws {@link NotYet} when the batch has to go again. */
  public void process(Batch batch) throws NotYet {
    batch.begin();
    if (batch.attempts() == 1) {
      metrics.consumed().increment(batch.records().size());
    } else {
      metrics.retried().increment(batch.records().size());
    }
    if (!batch.isApplied()) {
      apply(batch);
    }
    bury(batch);
  }

  private void apply(Batch batch) throws NotYet {
    long begun = System.nanoTime();
    try {
      Decoding<E> decoding = Decoding.of(codec, batch.records(), batch.attempts());
      Applied<E> result = store.apply(decoding.received());
      List<DeadLetter> dead = new ArrayList<>(decoding.dead());
      for (Applied.Failed<E> failed : result.failed()) {
        about(LOG.atError(), failed.received().record())
            .setCause(failed.cause())
            .log("The handler failed.");
        dead.add(DeadLetter.of(failed.cause(), failed.received().record(), batch.attempts()));
      }
      // Only now: an attempt that found no store has changed nothing.
      batch.applied(dead);
      count(result);
    } catch (StoreUnavailable away) {
      throw new NotYet("the store is away: " + away.getMessage(), batch.attempts());
    } finally {
      metrics.processing().record(Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private void count(Applied<E> result) {
    result.events().stream()
        .collect(Collectors.groupingBy(Event::eventType, Collectors.counting()))
        .forEach((eventType, number) -> metrics.applied(eventType).increment(number));
    metrics.duplicate().increment(result.duplicates());
  }

  private void bury(Batch batch) throws NotYet {
    if (batch.dead().isEmpty()) {
      return;
    }
    List<DeadLetter> left = deadLetters.write(batch.dead());
    for (DeadLetter letter : batch.dead()) {
      if (!left.contains(letter)) {
        metrics.deadLetters().written(letter.errorClass()).increment();
        about(LOG.atWarn(), letter.record())
            .addKeyValue("errorClass", letter.errorClass().label())
            .log("Dead letter: {}", letter.message());
      }
    }
    batch.left(left);
    if (!left.isEmpty()) {
      throw new NotYet("the dead letter topic doesn't take them", batch.attempts());
    }
  }
}
