package com.example.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void theProducersSeriesExistFromTheStart() {
    new ProducerMetrics(registry, "events");
    assertThat(registry.scrape())
        .contains("app_events_produced_total{topic=\"events\"} 0.0")
        .contains("app_events_rejected_total{reason=\"invalid\"} 0.0")
        .contains("app_events_rejected_total{reason=\"too_large\"} 0.0")
        .contains("app_events_rejected_total{reason=\"unauthorised\"} 0.0")
        .contains("app_events_rejected_total{reason=\"unknown_topic\"} 0.0")
        .contains("app_events_rejected_total{reason=\"timeout\"} 0.0")
        .contains("app_events_rejected_total{reason=\"queue_full\"} 0.0")
        .contains("app_events_in_flight 0.0")
        .contains("app_event_delivery_seconds_bucket{le=\"0.0025\"} 0")
        .contains("# TYPE app_event_delivery_seconds histogram");
  }

  @Test
  void theConsumersSeriesExistFromTheStart() {
    new ConsumerMetrics(registry, "events");
    assertThat(registry.scrape())
        .contains("app_events_consumed_total{topic=\"events\"} 0.0")
        .contains("app_events_duplicate_total 0.0")
        .contains("app_events_retried_total 0.0")
        .contains("app_events_dead_lettered_total{error_class=\"Undecodable\"} 0.0")
        .contains("app_events_dead_lettered_total{error_class=\"InvalidEvent\"} 0.0")
        .contains("app_events_dead_lettered_total{error_class=\"HandlerFailed\"} 0.0")
        .contains("app_consumer_paused 0.0")
        .contains("# TYPE app_event_processing_seconds histogram");
  }

  @Test
  void aPartitionThatMovedKeepsNoLag() {
    ConsumerMetrics metrics = new ConsumerMetrics(registry, "events");
    TopicPartition first = new TopicPartition("events", 0);
    TopicPartition second = new TopicPartition("events", 1);
    metrics.lag(Map.of(first, 5L, second, 7L));
    metrics.lag(Map.of(second, 8L));
    assertThat(registry.scrape())
        .contains("app_consumer_lag_records{partition=\"1\",topic=\"events\"} 8.0")
        .doesNotContain("partition=\"0\"");
  }

  @Test
  void theTransformersSeriesExistFromTheStart() {
    new TransformerMetrics(registry, "events");
    assertThat(registry.scrape())
        .contains("app_events_consumed_total{topic=\"events\"} 0.0")
        .contains("app_transactions_total{outcome=\"committed\"} 0.0")
        .contains("app_transactions_total{outcome=\"aborted\"} 0.0");
  }
}
