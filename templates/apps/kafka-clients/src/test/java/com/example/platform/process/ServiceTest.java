package com.example.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.consumer.ConsumerApplication;
import com.example.platform.producer.ProducerApplication;
import com.example.platform.settings.ConsumerSettings;
import com.example.platform.settings.ProducerSettings;
import com.example.platform.settings.TransformerSettings;
import com.example.platform.support.Http;
import com.example.platform.transformer.TransformerApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services as a whole, while the brokers are away. */
class ServiceTest {
  @TempDir private Path folder;
  private Http http;

  @BeforeEach
  void findAPort() throws Exception {
    http = Http.onFreePort();
  }

  @Test
  void theProducerIsAliveNotReadyAndHasItsMetrics() throws Exception {
    var settings = ProducerSettings.of(variables());
    try (Parts parts = ProducerApplication.start(settings, new Shutdown())) {
      assertThat(parts).isNotNull();
      aliveButNotReady();
      var metrics = http.get("/metrics");
      assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
      assertThat(metrics.body()).contains("app_events_in_flight 0.0", "jvm_memory_used_bytes");
    }
  }

  @Test
  void theConsumerAnswersFromItsStoreWithoutBrokers() throws Exception {
    var settings = ConsumerSettings.of(variables());
    try (Parts parts = ConsumerApplication.start(settings, new Shutdown())) {
      assertThat(parts).isNotNull();
      aliveButNotReady();
      assertThat(http.get("/health/ready").body()).contains("no partition is assigned");
      assertThat(http.get("/stats").body()).contains("\"events\":0", "\"effects\":0");
      assertThat(http.get("/events/no-uuid").statusCode()).isEqualTo(404);
      assertThat(http.get("/events/00000000-0000-4000-8000-000000000001").body())
          .contains("not_found");
      assertThat(http.get("/nowhere").body()).contains("\"error\":\"not_found\"", "correlationId");
      assertThat(http.get("/metrics").body()).contains("app_consumer_paused 0.0");
    }
  }

  @Test
  void aStoreThatIsAwayIsToldWithTheTimeToComeBack() throws Exception {
    Files.writeString(folder.resolve("data"), "");
    try (Parts parts =
        ConsumerApplication.start(ConsumerSettings.of(variables()), new Shutdown())) {
      assertThat(parts).isNotNull();
      var answer = http.get("/stats");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
      assertThat(answer.body()).contains("\"error\":\"store_unavailable\"");
    }
  }

  @Test
  void theTransformerTellsItsCounts() throws Exception {
    var settings = TransformerSettings.of(variables());
    try (Parts parts = TransformerApplication.start(settings, new Shutdown())) {
      assertThat(parts).isNotNull();
      aliveButNotReady();
      assertThat(http.get("/stats").body()).contains("\"transformed\":0", "\"deadLettered\":0");
    }
  }

  @Test
  void aServiceThatStopsSaysSo() throws Exception {
    Shutdown shutdown =
        new Shutdown() {
          @Override
          public boolean isRequested() {
            return true;
          }
        };
    try (Parts parts = ProducerApplication.start(ProducerSettings.of(variables()), shutdown)) {
      assertThat(parts).isNotNull();
      assertThat(http.get("/health/ready").body()).contains("\"reasons\":[\"draining\"]");
    }
  }

  private void aliveButNotReady() throws Exception {
    assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
    var ready = http.get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("\"status\":\"not ready\"", "\"reasons\":[");
  }

  private Map<String, String> variables() {
    return Map.of(
        "HTTP_PORT", String.valueOf(http.port()),
        "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
        "KAFKA_TOPIC", "events",
        "KAFKA_GROUP_ID", "readers",
        "KAFKA_DEAD_LETTER_TOPIC", "events.dlq",
        "KAFKA_OUTPUT_TOPIC", "derived",
        "KAFKA_TRANSACTIONAL_ID", "one",
        "DATABASE_URL", "sqlite:///" + folder.resolve("data/store.db"));
  }
}
