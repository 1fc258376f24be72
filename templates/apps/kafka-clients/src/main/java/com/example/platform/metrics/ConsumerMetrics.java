package com.example.platform.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;

/** Metrics of the consumer. Known series exist from the start, at 0. */
public final class ConsumerMetrics {
  private final AtomicBoolean paused = new AtomicBoolean();
  private final MeterRegistry registry;
  private final Counter consumed;
  private final Counter duplicate;
  private final Counter retried;
  private final Timer processing;
  private final MultiGauge lag;
  private final DeadLetterMetrics deadLetters;

  public ConsumerMetrics(MeterRegistry registry, String topic) {
    this.registry = registry;
    consumed =
        Counter.builder("app.events.consumed")
            .description("Records read.")
            .tag("topic", topic)
            .register(registry);
    duplicate =
        Counter.builder("app.events.duplicate")
            .description("Events skipped because their effect was there already.")
            .register(registry);
    retried =
        Counter.builder("app.events.retried")
            .description("Records tried again because the store or the dead letters were away.")
            .register(registry);
    processing =
        Timer.builder("app.event.processing")
            .description("Time to apply one batch.")
            .serviceLevelObjectives(Buckets.UP_TO_30_SECONDS)
            .register(registry);
    lag =
        MultiGauge.builder("app.consumer.lag.records")
            .description("Records between the committed offset and the end of the partition.")
            .register(registry);
    Gauge.builder("app.consumer.paused", paused, flag -> flag.get() ? 1 : 0)
        .description("1 while partitions are paused.")
        .register(registry);
    deadLetters = new DeadLetterMetrics(registry);
  }

  public Counter consumed() {
    return consumed;
  }

  public Counter applied(String eventType) {
    return Counter.builder("app.events.applied")
        .description("Events whose effect is in the store.")
        .tag("event_type", eventType)
        .register(registry);
  }

  public Counter duplicate() {
    return duplicate;
  }

  public Counter retried() {
    return retried;
  }

  public Timer processing() {
    return processing;
  }

  public DeadLetterMetrics deadLetters() {
    return deadLetters;
  }

  public void paused(boolean now) {
    paused.set(now);
  }

  /** Of all partitions that we have; one that moved must not keep its last lag here for ever. */
  public void lag(Map<TopicPartition, Long> lags) {
    lag.register(
        lags.entrySet().stream()
            .map(entry -> MultiGauge.Row.of(tags(entry.getKey()), entry.getValue()))
            .toList(),
        true);
  }

  private static Tags tags(TopicPartition partition) {
    return Tags.of("topic", partition.topic(), "partition", String.valueOf(partition.partition()));
  }
}
