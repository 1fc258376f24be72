package com.example.platform.consumer;

import com.example.platform.kafka.Containers;
import com.example.platform.metrics.ConsumerMetrics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.event.ConsumerPausedEvent;
import org.springframework.kafka.event.ConsumerResumedEvent;

/** Gets what the container has polled, a batch at a time, always in the same thread. */
final class EventListener {
  private final BatchProcessor<?> processor;
  private final ConsumerMetrics metrics;
  private Batch unfinished = new Batch(List.of());

  EventListener(BatchProcessor<?> processor, ConsumerMetrics metrics) {
    this.processor = processor;
    this.metrics = metrics;
  }

  @KafkaListener(id = Containers.LISTENER, idIsGroup = false, topics = "#{@settings.topic()}")
  void onEvents(List<ConsumerRecord<byte[], byte[]>> records) throws NotYet {
    // After a pause it is the batch that was handed back, less what a rebalance took.
    if (unfinished.holds(records)) {
      unfinished.keepOnly(records);
    } else {
      unfinished = new Batch(records);
    }
    processor.process(unfinished);
    unfinished = new Batch(List.of());
  }

  @org.springframework.context.event.EventListener
  void paused(ConsumerPausedEvent event) {
    metrics.paused(true);
  }

  @org.springframework.context.event.EventListener
  void resumed(ConsumerResumedEvent event) {
    metrics.paused(false);
  }
}
