package com.example.platform.transformer;

import com.example.platform.consumer.DeadLetterRecords;
import com.example.platform.kafka.Assignment;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.PollLoop;
import com.example.platform.kafka.Refusal;
import com.example.platform.kafka.RefusedForGood;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction for each poll: what follows from its records, and the group's offsets. What was
 * read counts as read exactly when what follows from it is there.
 */
final class TransformReader implements PollLoop.Reader, ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(TransformReader.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> consumer;
  private final Supplier<Producer<byte[], byte[]>> connect;
  private final EventTransform<?> transform;
  private final DeadLetterRecords deadLetters;
  private final TransactionCounts counts;
  private final Assignment assignment;
  private final InstantSource clock;
  private Producer<byte[], byte[]> producer;
  private boolean atCommitted = true;
  private Instant begun = Instant.EPOCH;

  TransformReader(
      Consumer<byte[], byte[]> consumer,
      Supplier<Producer<byte[], byte[]>> connect,
      EventTransform<?> transform,
      DeadLetterRecords deadLetters,
      TransactionCounts counts,
      Assignment assignment,
      InstantSource clock) {
    this.consumer = consumer;
    this.connect = connect;
    this.transform = transform;
    this.deadLetters = deadLetters;
    this.counts = counts;
    this.assignment = assignment;
    this.clock = clock;
  }

  TransformReader subscribe(String topic) {
    consumer.subscribe(List.of(topic), this);
    return this;
  }

  @Override
  public void read() {
    if (producer == null) {
      producer = opened(connect.get());
    }
    if (!atCommitted) {
      seekToCommitted();
      atCommitted = true;
    }
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(PollLoop.POLL);
    if (!polled.isEmpty()) {
      transform(polled);
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    if (producer != null) {
      producer.close(CLOSE_TIMEOUT);
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    assignment.add(assigned);
  }

  /** Nothing is under way between two polls. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    assignment.remove(revoked);
  }

  /** Fences whoever had our transactional id, and ends the transaction that they left open. */
  private static Producer<byte[], byte[]> opened(Producer<byte[], byte[]> fresh) {
    try {
      fresh.initTransactions();
      return fresh;
    } catch (KafkaException error) {
      fresh.close(Duration.ZERO);
      throw error;
    }
  }

  private void transform(ConsumerRecords<byte[], byte[]> polled) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
    polled.forEach(records::add);
    EventTransform.Output output = transform.of(records);
    begun = clock.instant();
    try {
      producer.beginTransaction();
      // Not waited for: the commit fails if one of them does.
      output.derived().forEach(producer::send);
      output.dead().forEach(letter -> producer.send(deadLetters.of(letter)));
      producer.sendOffsetsToTransaction(polled.nextOffsets(), consumer.groupMetadata());
      untilAnswered(producer::commitTransaction);
    } catch (KafkaException error) {
      atCommitted = false;
      counts.aborted();
      abort(error);
      Refusal.writing(error)
          .ifPresent(
              reason -> {
                throw new RefusedForGood(reason, error);
              });
      throw error;
    }
    counts.committed(output);
  }

  /**
   * Always tried with the same producer first: the broker's answer tells an instance that was
   * replaced from one that had bad luck. With a new producer the first would take its id back.
   */
  private void abort(KafkaException cause) {
    try {
      untilAnswered(producer::abortTransaction);
    } catch (KafkaException error) {
      producer.close(Duration.ZERO);
      producer = null;
      error.addSuppressed(cause);
      throw Refusal.fenced(error).isPresent() && tookTooLong() ? timedOut(error) : error;
    }
  }

  /**
   * The coordinator fences the producer, too, whose transaction it has timed out; a new one puts
   * that right. Sooner than that, only another instance can have done it.
   */
  private boolean tookTooLong() {
    return !clock.instant().isBefore(begun.plus(ClientConfig.TRANSACTION_TIMEOUT));
  }

  /** Not its cause: nobody is to take it for another instance. */
  private static KafkaException timedOut(KafkaException fenced) {
    KafkaException late = new KafkaException("The coordinator ended a transaction that was late");
    late.addSuppressed(fenced);
    return late;
  }

  /** After a commit or an abort that timed out, the client takes nothing but the same again. */
  private static void untilAnswered(Runnable end) {
    while (true) {
      try {
        end.run();
        return;
      } catch (TimeoutException error) {
        LOG.warn("The transaction does not end yet: {}", error.getMessage());
      }
    }
  }

  /** Positions have moved on with the poll; the group's offsets have not. */
  private void seekToCommitted() {
    consumer
        .committed(consumer.assignment())
        .forEach(
            (partition, offset) -> {
              if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
              } else {
                consumer.seek(partition, offset);
              }
            });
  }
}
