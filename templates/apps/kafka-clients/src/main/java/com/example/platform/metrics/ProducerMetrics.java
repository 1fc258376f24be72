package com.example.platform.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Metrics of the producer. Known series exist from the start, at 0. */
public final class ProducerMetrics {
  private static final String[] REASONS = {
    "invalid", "too_large", "unauthorised", "unknown_topic", "timeout", "queue_full"
  };

  private final AtomicInteger inFlight = new AtomicInteger();
  private final Counter produced;
  private final Map<String, Counter> rejected;
  private final Timer delivery;

  public ProducerMetrics(MeterRegistry registry, String topic) {
    produced =
        Counter.builder("app.events.produced")
            .description("Events acknowledged by all in-sync replicas.")
            .tag("topic", topic)
            .register(registry);
    rejected =
        Stream.of(REASONS)
            .collect(Collectors.toMap(Function.identity(), reason -> rejected(registry, reason)));
    Gauge.builder("app.events.in.flight", inFlight, AtomicInteger::get)
        .description("Events waiting for acknowledgement.")
        .register(registry);
    delivery =
        Timer.builder("app.event.delivery")
            .description("Time from handing an event to the client until its acknowledgement.")
            .serviceLevelObjectives(Buckets.UP_TO_30_SECONDS)
            .register(registry);
  }

  public Counter produced() {
    return produced;
  }

  public Counter rejected(String reason) {
    return rejected.get(reason);
  }

  public AtomicInteger inFlight() {
    return inFlight;
  }

  public Timer delivery() {
    return delivery;
  }

  private static Counter rejected(MeterRegistry registry, String reason) {
    return Counter.builder("app.events.rejected")
        .description("Events answered with an error.")
        .tag("reason", reason)
        .register(registry);
  }
}
