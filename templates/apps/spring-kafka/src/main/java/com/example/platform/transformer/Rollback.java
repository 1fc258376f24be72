package com.example.platform.transformer;

import com.example.platform.consumer.Backoff;
import com.example.platform.kafka.Refusal;
import com.example.platform.process.Shutdown;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.ContainerProperties.EOSMode;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Reads on at the committed offsets, not where the batch began: of a commit that got no answer only
 * the coordinator knows how it ended. When another instance has our transactional id, nothing is
 * read: with a new producer we would take it back, and the two would go on like that for ever.
 */
final class Rollback implements AfterRollbackProcessor<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

  private final ProducerFactory<byte[], byte[]> producers;
  private final TransactionEnd end;
  private final Shutdown shutdown;

  Rollback(ProducerFactory<byte[], byte[]> producers, TransactionEnd end, Shutdown shutdown) {
    this.producers = producers;
    this.end = end;
    this.shutdown = shutdown;
  }

  @Override
  public void process(
      List<ConsumerRecord<byte[], byte[]>> records,
      Consumer<byte[], byte[]> consumer,
      MessageListenerContainer container,
      Exception cause,
      boolean recoverable,
      EOSMode mode) {
    Optional<String> refusal = refusal(cause);
    Exception last = cause;
    for (int tries = 0; refusal.isEmpty() && last != null && container.isRunning(); tries++) {
      LOG.warn("{} records are read again: {}", records.size(), last.getMessage());
      last = readAgain(consumer, end.failures() + tries);
      refusal = Optional.ofNullable(last).flatMap(this::refusal);
    }
    refusal.ifPresent(
        reason -> {
          shutdown.refused(reason);
          container.stop(() -> {});
        });
  }

  /** A transaction that its coordinator timed out is no other instance. */
  private Optional<String> refusal(Exception cause) {
    return Refusal.forGood(cause)
        .or(() -> Refusal.writing(cause))
        .or(() -> end.tookTooLong() ? Optional.empty() : Refusal.fenced(cause));
  }

  /** What stood in the way, or null. */
  private Exception readAgain(Consumer<byte[], byte[]> consumer, int failures) {
    try {
      // Nothing polls in the meantime: shorter than the poll interval.
      Thread.sleep(Backoff.after(failures).toMillis());
      // One that is of no more use was thrown away. Making a new one ends what it left open.
      producers.createProducer().close();
      seekToCommitted(consumer);
      return null;
    } catch (KafkaException | org.springframework.kafka.KafkaException error) {
      return error;
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
      return error;
    }
  }

  private static void seekToCommitted(Consumer<byte[], byte[]> consumer) {
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
