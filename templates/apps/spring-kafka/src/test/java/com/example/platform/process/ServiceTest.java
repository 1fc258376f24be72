package com.example.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.consumer.ConsumerApplication;
import com.example.platform.producer.ProducerApplication;
import com.example.platform.settings.ConsumerSettings;
import com.example.platform.settings.ProducerSettings;
import com.example.platform.settings.TransformerSettings;
import com.example.platform.transformer.TransformerApplication;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services as a whole, while the brokers are away. */
class ServiceTest {
  @TempDir private Path folder;
  private int port;

  @Test
  void theProducerIsAliveNotReadyAndHasItsMetrics() throws Exception {
    ProducerSettings settings = ProducerSettings.of(variables());
    try (var context =
        Service.start(ProducerApplication.class, settings, settings.service(), new Shutdown())) {
      assertThat(context.isActive()).isTrue();
      aliveButNotReady();
      assertThat(get("/metrics").body()).contains("app_events_in_flight 0.0");
    }
  }

  @Test
  void theConsumerAnswersFromItsStoreWithoutBrokers() throws Exception {
    ConsumerSettings settings = ConsumerSettings.of(variables());
    try (var context =
        Service.start(ConsumerApplication.class, settings, settings.service(), new Shutdown())) {
      assertThat(context.isActive()).isTrue();
      aliveButNotReady();
      assertThat(get("/health/ready").body()).contains("no partition is assigned");
      assertThat(get("/stats").body()).contains("\"events\":0", "\"effects\":0");
      assertThat(get("/events/no-uuid").statusCode()).isEqualTo(404);
      assertThat(get("/events/00000000-0000-4000-8000-000000000001").body()).contains("not_found");
      assertThat(get("/nowhere").body()).contains("\"error\":\"not_found\"", "correlationId");
      assertThat(get("/metrics").body()).contains("app_consumer_paused 0.0");
    }
  }

  @Test
  void theTransformerTellsItsCounts() throws Exception {
    TransformerSettings settings = TransformerSettings.of(variables());
    try (var context =
        Service.start(TransformerApplication.class, settings, settings.service(), new Shutdown())) {
      assertThat(context.isActive()).isTrue();
      aliveButNotReady();
      assertThat(get("/stats").body()).contains("\"transformed\":0", "\"deadLettered\":0");
    }
  }

  @Test
  void aServiceThatStopsSaysSo() throws Exception {
    ProducerSettings settings = ProducerSettings.of(variables());
    Shutdown shutdown =
        new Shutdown() {
          @Override
          public boolean isRequested() {
            return true;
          }
        };
    try (var context =
        Service.start(ProducerApplication.class, settings, settings.service(), shutdown)) {
      assertThat(context.isActive()).isTrue();
      assertThat(get("/health/ready").body()).contains("\"reasons\":[\"draining\"]");
    }
  }

  private void aliveButNotReady() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    var ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("\"status\":\"not ready\"", "\"reasons\":[");
  }

  private HttpResponse<String> get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private Map<String, String> variables() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    return Map.of(
        "HTTP_PORT", String.valueOf(port),
        "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
        "KAFKA_TOPIC", "events",
        "KAFKA_GROUP_ID", "readers",
        "KAFKA_DEAD_LETTER_TOPIC", "events.dlq",
        "KAFKA_OUTPUT_TOPIC", "derived",
        "KAFKA_TRANSACTIONAL_ID", "one",
        "DATABASE_URL", "sqlite:///" + folder.resolve("store.db"));
  }
}
