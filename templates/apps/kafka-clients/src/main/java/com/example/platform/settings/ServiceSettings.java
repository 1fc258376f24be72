package com.example.platform.settings;

import java.time.Duration;

/** What every service has. */
public record ServiceSettings(
    String name, String httpHost, int httpPort, String logLevel, Duration shutdownTimeout) {

  static ServiceSettings read(Environment environment, String name, int port) {
    return new ServiceSettings(
        environment.text("SERVICE_NAME", name),
        environment.text("HTTP_HOST", "127.0.0.1"),
        environment.integer("HTTP_PORT", port, 1, 65_535),
        environment.oneOf("LOG_LEVEL", "info", "debug", "info", "warning", "error"),
        environment.milliseconds("SHUTDOWN_TIMEOUT_MS", 10_000, 100));
  }
}
