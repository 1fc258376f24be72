package com.example.platform.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The consumer's settings. */
public record ConsumerSettings(
    ServiceSettings service,
    ConnectionSettings connection,
    String topic,
    String deadLetterTopic,
    GroupSettings group,
    Duration commitInterval,
    Secret databaseUrl) {

  public static ConsumerSettings of(Map<String, String> variables) {
    return Environment.read(
        variables,
        environment ->
            new ConsumerSettings(
                ServiceSettings.read(environment, "consumer", 8081),
                ConnectionSettings.read(environment),
                environment.required("KAFKA_TOPIC"),
                deadLetterTopic(environment),
                GroupSettings.read(environment),
                environment.milliseconds("COMMIT_INTERVAL_MS", 1000, 0),
                databaseUrl(environment)));
  }

  /** Dead letters in the topic they come from would never end. */
  static String deadLetterTopic(Environment environment) {
    String deadLetters = environment.required("KAFKA_DEAD_LETTER_TOPIC");
    return !deadLetters.isEmpty() && deadLetters.equals(environment.text("KAFKA_TOPIC", ""))
        ? environment.fault("KAFKA_DEAD_LETTER_TOPIC", "must not be KAFKA_TOPIC", "")
        : deadLetters;
  }

  private static Secret databaseUrl(Environment environment) {
    String url = environment.text("DATABASE_URL", "sqlite:///data/store.db");
    if (!url.matches("sqlite:///.+") && !isPostgreSql(url)) {
      environment.fault(
          "DATABASE_URL", "must be sqlite:/// and a path, or postgresql://host/database", "");
    }
    return new Secret(url);
  }

  private static boolean isPostgreSql(String url) {
    try {
      URI uri = URI.create(url);
      return url.startsWith("postgresql://") && uri.getHost() != null && uri.getPort() <= 65_535;
    } catch (IllegalArgumentException error) {
      return false;
    }
  }
}
