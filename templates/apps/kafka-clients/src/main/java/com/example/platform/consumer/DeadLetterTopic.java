package com.example.platform.consumer;

import com.example.platform.kafka.LazyProducer;
import com.example.platform.kafka.Refusal;
import com.example.platform.kafka.RefusedForGood;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the dead letters of a whole batch together, and waits for them. */
final class DeadLetterTopic implements DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTopic.class);

  private final LazyProducer producer;
  private final DeadLetterRecords records;

  DeadLetterTopic(LazyProducer producer, DeadLetterRecords records) {
    this.producer = producer;
    this.records = records;
  }

  @Override
  public List<DeadLetter> write(List<DeadLetter> letters) {
    Map<DeadLetter, Future<?>> writes = new LinkedHashMap<>();
    for (DeadLetter letter : letters) {
      writes.put(letter, send(letter));
    }
    List<DeadLetter> left = new ArrayList<>();
    writes.forEach(
        (letter, write) -> {
          if (!isAcknowledged(write)) {
            left.add(letter);
          }
        });
    return left;
  }

  private Future<?> send(DeadLetter letter) {
    try {
      return producer.get().send(records.of(letter));
    } catch (KafkaException error) {
      // The topic or room for it could not be had in time.
      return CompletableFuture.failedFuture(error);
    }
  }

  private static boolean isAcknowledged(Future<?> write) {
    try {
      write.get();
      return true;
    } catch (ExecutionException error) {
      Refusal.writing(error)
          .ifPresent(
              reason -> {
                throw new RefusedForGood("no dead letter can be written, " + reason, error);
              });
      LOG.error("Dead letter not written: {}", error.getCause().getMessage());
      return false;
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
