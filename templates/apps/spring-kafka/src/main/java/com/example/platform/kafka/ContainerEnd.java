package com.example.platform.kafka;

import com.example.platform.process.Shutdown;
import java.util.function.BooleanSupplier;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;

/** A listener container that ends by itself takes the process along, or is started again. */
public final class ContainerEnd {
  private final String group;
  private final Assignment assignment;
  private final BooleanSupplier timedOut;
  private final Restart restart;
  private final Shutdown shutdown;

  /** {@code timedOut}: whether a transaction was late enough to be ended by its coordinator. */
  public ContainerEnd(
      String group,
      Assignment assignment,
      BooleanSupplier timedOut,
      Restart restart,
      Shutdown shutdown) {
    this.group = group;
    this.assignment = assignment;
    this.timedOut = timedOut;
    this.restart = restart;
    this.shutdown = shutdown;
  }

  /** Later on it may be one broker that restarts and hasn't loaded its users and rights yet. */
  @EventListener
  void refused(ConsumerRetryAuthEvent event) {
    if (assignment.hadSome()) {
      restart.soon("no right to read the topic as the group " + group);
    } else {
      shutdown.refused("no right to read the topic as the group " + group);
    }
  }

  @EventListener
  void stopped(ConsumerStoppedEvent event) {
    switch (event.getReason()) {
      case NORMAL -> {
        // By our own stop.
      }
      case FENCED -> fenced();
      default ->
          shutdown.bug(new IllegalStateException("The container stopped: " + event.getReason()));
    }
  }

  /**
   * The coordinator fences the producer, too, whose transaction it has timed out; a new one puts
   * that right. Sooner than that, only another instance can have done it.
   */
  private void fenced() {
    if (timedOut.getAsBoolean()) {
      restart.soon("the coordinator ended a transaction that was late");
    } else {
      shutdown.refused("another instance took over our identity in the group " + group);
    }
  }
}
