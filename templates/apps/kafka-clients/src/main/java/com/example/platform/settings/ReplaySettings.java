package com.example.platform.settings;

import java.util.Map;

/** The replay tool's settings. */
public record ReplaySettings(
    String name,
    String logLevel,
    ConnectionSettings connection,
    String topic,
    String deadLetterTopic,
    String groupId) {

  public static ReplaySettings of(Map<String, String> variables) {
    return Environment.read(
        variables,
        environment ->
            new ReplaySettings(
                environment.text("SERVICE_NAME", "replay"),
                environment.oneOf("LOG_LEVEL", "info", "debug", "info", "warning", "error"),
                ConnectionSettings.read(environment),
                environment.required("KAFKA_TOPIC"),
                ConsumerSettings.deadLetterTopic(environment),
                environment.required("KAFKA_GROUP_ID") + ".replay"));
  }
}
