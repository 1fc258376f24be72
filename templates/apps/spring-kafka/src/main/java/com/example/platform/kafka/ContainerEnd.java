package com.example.platform.kafka;

import com.example.platform.process.Shutdown;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;

/** A listener container that ends by itself takes the process along. */
public final class ContainerEnd {
  private final String group;
  private final Assignment assignment;
  private final Shutdown shutdown;

  public ContainerEnd(String group, Assignment assignment, Shutdown shutdown) {
    this.group = group;
    this.assignment = assignment;
    this.shutdown = shutdown;
  }

  /** Later on it may be one broker that restarts and hasn't loaded its users and rights yet. */
  @EventListener
  void refused(ConsumerRetryAuthEvent event) {
    if (!assignment.hadSome()) {
      shutdown.refused("no right to read the topic as the group " + group);
    }
  }

  @EventListener
  void stopped(ConsumerStoppedEvent event) {
    switch (event.getReason()) {
      case NORMAL -> {
        // By our own stop.
      }
      case FENCED ->
          shutdown.refused("another instance took over our identity in the group " + group);
      default ->
          shutdown.bug(new IllegalStateException("The container stopped: " + event.getReason()));
    }
  }
}
