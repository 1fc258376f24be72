package com.example.platform.settings;

import java.util.Map;

/** The transformer's settings. */
public record TransformerSettings(
    ServiceSettings service,
    ConnectionSettings connection,
    String topic,
    String outputTopic,
    String deadLetterTopic,
    GroupSettings group,
    String transactionalId) {

  public static TransformerSettings of(Map<String, String> variables) {
    return Environment.read(
        variables,
        environment ->
            new TransformerSettings(
                ServiceSettings.read(environment, "transformer", 8082),
                ConnectionSettings.read(environment),
                environment.required("KAFKA_TOPIC"),
                outputTopic(environment),
                ConsumerSettings.deadLetterTopic(environment),
                GroupSettings.read(environment),
                environment.required("KAFKA_TRANSACTIONAL_ID")));
  }

  /** It would transform what it has transformed, for ever. */
  private static String outputTopic(Environment environment) {
    String output = environment.required("KAFKA_OUTPUT_TOPIC");
    return !output.isEmpty() && output.equals(environment.text("KAFKA_TOPIC", ""))
        ? environment.fault("KAFKA_OUTPUT_TOPIC", "must not be KAFKA_TOPIC", "")
        : output;
  }
}
