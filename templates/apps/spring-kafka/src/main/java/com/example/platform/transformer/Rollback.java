package com.example.platform.transformer;

import com.example.platform.kafka.Refusal;
import com.example.platform.process.Shutdown;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ContainerProperties.EOSMode;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Reads an aborted batch again, except when another instance has our transactional id. With a new
 * producer we would take it back, and the two would go on like that for ever.
 */
final class Rollback extends DefaultAfterRollbackProcessor<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

  private final Shutdown shutdown;

  Rollback(Shutdown shutdown) {
    super(backOff());
    this.shutdown = shutdown;
  }

  @Override
  public void processBatch(
      ConsumerRecords<byte[], byte[]> records,
      List<ConsumerRecord<byte[], byte[]>> list,
      Consumer<byte[], byte[]> consumer,
      MessageListenerContainer container,
      Exception cause,
      boolean recoverable,
      EOSMode mode) {
    Optional<String> refusal = Refusal.fenced(cause).or(() -> Refusal.rights(cause));
    if (refusal.isPresent()) {
      shutdown.refused(refusal.get());
      container.stop(() -> {});
    } else {
      LOG.warn("{} records are read again: {}", records.count(), cause.getMessage());
      super.processBatch(records, list, consumer, container, cause, recoverable, mode);
    }
  }

  /** Shorter than the poll interval: nothing polls in the meantime. */
  private static ExponentialBackOff backOff() {
    ExponentialBackOff backOff = new ExponentialBackOff(100, 2);
    backOff.setMaxInterval(10_000);
    return backOff;
  }
}
