package com.example.platform.consumer;

import com.example.platform.kafka.Refusal;
import com.example.platform.kafka.Restart;
import com.example.platform.process.Shutdown;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Pauses the container while the store or the dead letter topic is away, and hands the batch back.
 * The container goes on polling, because a member that stops is expelled, and the others would get
 * its work and the same trouble; it keeps the batch, less what a rebalance takes, and calls the
 * listener again when the pause is over.
 */
final class NotYetHandler implements CommonErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(NotYetHandler.class);

  private final ListenerContainerPauseService pauses;
  private final Restart restart;
  private final Shutdown shutdown;

  NotYetHandler(ListenerContainerPauseService pauses, Restart restart, Shutdown shutdown) {
    this.pauses = pauses;
    this.restart = restart;
    this.shutdown = shutdown;
  }

  @Override
  public boolean seeksAfterHandling() {
    return false;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <K, V> ConsumerRecords<K, V> handleBatchAndReturnRemaining(
      Exception thrown,
      ConsumerRecords<?, ?> records,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      Runnable invokeListener) {
    Optional<NotYet> notYet =
        Refusal.causes(thrown).filter(NotYet.class::isInstance).map(NotYet.class::cast).findFirst();
    Duration pause = Backoff.after(notYet.map(NotYet::attempts).orElse(Integer.MAX_VALUE));
    if (notYet.isPresent()) {
      LOG.warn(
          "{} records wait {} ms, {}",
          records.count(),
          pause.toMillis(),
          notYet.get().getMessage());
    } else {
      Refusal.forGood(thrown).ifPresentOrElse(shutdown::refused, () -> shutdown.bug(thrown));
    }
    pauses.pause(container, pause);
    return (ConsumerRecords<K, V>) records;
  }

  /** Commits that failed, mostly: read again by whoever comes next, and known by event id. */
  @Override
  public void handleOtherException(
      Exception thrown,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      boolean batchListener) {
    if (thrown instanceof UnreleasedInstanceIdException) {
      restart.soon(thrown.getMessage());
    } else {
      LOG.warn("Kafka: {}", thrown.getMessage());
    }
  }
}
