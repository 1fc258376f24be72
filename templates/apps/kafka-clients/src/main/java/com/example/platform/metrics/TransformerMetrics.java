package com.example.platform.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Metrics of the transformer. All of its series exist from the start, at 0. */
public final class TransformerMetrics {
  private final Counter consumed;
  private final Counter committed;
  private final Counter aborted;
  private final DeadLetterMetrics deadLetters;

  public TransformerMetrics(MeterRegistry registry, String topic) {
    consumed =
        Counter.builder("app.events.consumed")
            .description("Records read.")
            .tag("topic", topic)
            .register(registry);
    committed = transactions(registry, "committed");
    aborted = transactions(registry, "aborted");
    deadLetters = new DeadLetterMetrics(registry);
  }

  public Counter consumed() {
    return consumed;
  }

  public Counter committed() {
    return committed;
  }

  public Counter aborted() {
    return aborted;
  }

  public DeadLetterMetrics deadLetters() {
    return deadLetters;
  }

  private static Counter transactions(MeterRegistry registry, String outcome) {
    return Counter.builder("app.transactions")
        .description("Kafka transactions that ended, by how.")
        .tag("outcome", outcome)
        .register(registry);
  }
}
