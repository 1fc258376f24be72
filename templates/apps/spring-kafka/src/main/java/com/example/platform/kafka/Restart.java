package com.example.platform.kafka;

import com.example.platform.process.Shutdown;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.TaskScheduler;

/**
 * A new consumer for one that is of no more use; it goes on at the committed offsets. Some errors
 * end a membership for ever (with KIP-848 a missing right does, and a place in the group that a
 * killed instance still holds), and Spring would poll on with it.
 */
public final class Restart {
  private static final Logger LOG = LoggerFactory.getLogger(Restart.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final KafkaListenerEndpointRegistry listeners;
  private final TaskScheduler scheduler;
  private final Shutdown shutdown;
  private final AtomicBoolean due = new AtomicBoolean();

  public Restart(
      KafkaListenerEndpointRegistry listeners, TaskScheduler scheduler, Shutdown shutdown) {
    this.listeners = listeners;
    this.scheduler = scheduler;
    this.shutdown = shutdown;
  }

  /** Not at once, and not in the consumer's thread, which has to end first. */
  public void soon(String reason) {
    if (due.compareAndSet(false, true)) {
      LOG.warn("Kafka, with a new consumer in {} ms: {}", PAUSE.toMillis(), reason);
      scheduler.schedule(this::now, Instant.now().plus(PAUSE));
    }
  }

  private void now() {
    due.set(false);
    if (!shutdown.isRequested()) {
      MessageListenerContainer container = listeners.getListenerContainer(Containers.LISTENER);
      container.stop();
      container.start();
    }
  }
}
