package com.example.platform.settings;

import java.time.Duration;
import java.util.Map;

/** The producer's settings. */
public record ProducerSettings(
    ServiceSettings service,
    ConnectionSettings connection,
    String topic,
    Duration deliveryTimeout,
    int maxInFlight) {

  public static ProducerSettings of(Map<String, String> variables) {
    return Environment.read(
        variables,
        environment ->
            new ProducerSettings(
                ServiceSettings.read(environment, "producer", 8080),
                ConnectionSettings.read(environment),
                environment.required("KAFKA_TOPIC"),
                environment.milliseconds("KAFKA_DELIVERY_TIMEOUT_MS", 30_000, 100),
                environment.integer("MAX_IN_FLIGHT", 10_000, 1, 1_000_000)));
  }
}
