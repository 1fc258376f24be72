package com.example.platform.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.event.EventCodec;
import com.example.platform.event.EventJson;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.metrics.ProducerMetrics;
import com.example.platform.process.Shutdown;
import com.example.platform.settings.ServiceSettings;
import com.example.platform.support.Http;
import com.example.platform.support.Note;
import com.example.platform.support.Notes;
import com.example.platform.support.Records;
import com.example.platform.web.HttpServer;
import com.example.platform.web.Readiness;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRouteTest {
  private CompletableFuture<Delivery> delivery =
      CompletableFuture.completedFuture(new Delivery("events", 2, 40));
  private Http http;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    http = Http.onFreePort();
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var intake =
        new EventIntake<>(
            new Notes(), record -> delivery, "events", 10, new ProducerMetrics(registry, "events"));
    server =
        HttpServer.start(
            new ServiceSettings(
                "producer", "127.0.0.1", http.port(), "info", Duration.ofSeconds(5)),
            new Readiness(new Shutdown(), List.of()),
            registry,
            (routes, threads) -> routes.post("/events", new EventRoute(intake, threads)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anAcceptedEventIsAnsweredWithItsPlaceAndItsCorrelationId() throws Exception {
    var answer = post(EventCodec.encode(Note.of(1)));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("X-Correlation-Id")).contains("c-1");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"eventId\":\"%s\",\"topic\":\"events\",\"partition\":2,\"offset\":40}"
                .formatted(Note.of(1).eventId()));
  }

  @Test
  void whatIsNoEventIsRefusedWithReasons() throws Exception {
    var malformed = post(Records.bytes("{"));
    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(malformed.body()).contains("\"error\":\"malformed_json\"");
    var invalid = post(Records.bytes("{\"eventType\": \"Note\"}"));
    assertThat(invalid.statusCode()).isEqualTo(422);
    var body = EventJson.MAPPER.readTree(invalid.body());
    assertThat(body.get("details")).hasSize(1);
    assertThat(body.get("correlationId").asString()).isEqualTo("c-1");
  }

  @Test
  void anEndlessBodyIsReadAndRefused() throws Exception {
    var answer = post(new byte[3 * ClientConfig.MAX_RECORD_BYTES]);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("record_too_large");
  }

  @Test
  void anEventThatIsNotDeliveredMayBeSentAgainLater() throws Exception {
    delivery = CompletableFuture.failedFuture(new TimeoutException("password=s3cret"));
    var answer = post(EventCodec.encode(Note.of(1)));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    assertThat(answer.body()).contains("not_delivered").doesNotContain("s3cret");
  }

  @Test
  void aBugIsAnsweredWithoutItsDetails() throws Exception {
    delivery = null;
    var answer = post(EventCodec.encode(Note.of(1)));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("internal_error").doesNotContain("NullPointer");
  }

  @Test
  void otherMethodsHaveTheSameErrorShape() throws Exception {
    var answer = http.get("/events");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.body()).contains("\"error\":\"method_not_allowed\"", "correlationId");
  }

  @Test
  void aCorrelationIdThatIsNotFitForHeadersIsReplaced() throws Exception {
    var answer = http.send(http.request("/events").header("X-Correlation-Id", "x".repeat(500)));
    assertThat(answer.headers().firstValue("X-Correlation-Id").orElseThrow()).hasSize(36);
  }

  @Test
  void aRequestThatIsUnderWayIsAnsweredBeforeTheServerStops() throws Exception {
    delivery = new CompletableFuture<>();
    var answer = CompletableFuture.supplyAsync(() -> postNow(EventCodec.encode(Note.of(1))));
    Thread.sleep(300);
    var stopped = CompletableFuture.runAsync(server::close);
    Thread.sleep(300);
    assertThat(stopped).isNotDone();
    delivery.complete(new Delivery("events", 0, 1));
    assertThat(answer.join().statusCode()).isEqualTo(202);
    stopped.join();
  }

  private HttpResponse<String> postNow(byte[] body) {
    try {
      return post(body);
    } catch (Exception error) {
      throw new IllegalStateException(error);
    }
  }

  private HttpResponse<String> post(byte[] body) throws Exception {
    return http.send(
        http.request("/events")
            .header("X-Correlation-Id", "c-1")
            .POST(BodyPublishers.ofByteArray(body)));
  }
}
