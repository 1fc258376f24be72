package com.example.platform.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.event.EventCodec;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.metrics.ProducerMetrics;
import com.example.platform.support.Note;
import com.example.platform.support.Notes;
import com.example.platform.web.Correlation;
import com.example.platform.web.Errors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class EventControllerTest {
  private CompletableFuture<Delivery> delivery =
      CompletableFuture.completedFuture(new Delivery("events", 2, 40));

  private final MockMvcTester http =
      MockMvcTester.create(
          MockMvcBuilders.standaloneSetup(
                  new EventController(
                      new EventIntake<>(
                          new Notes(),
                          record -> delivery,
                          "events",
                          10,
                          new ProducerMetrics(new SimpleMeterRegistry(), "events"))))
              .setControllerAdvice(new Errors())
              .addFilters(new Correlation())
              .build());

  @Test
  void anAcceptedEventIsAnsweredWithItsPlaceAndItsCorrelationId() {
    MvcTestResult answer = post(EventCodec.encode(Note.of(1)));
    assertThat(answer).hasStatus(202).hasHeader("X-Correlation-Id", "c-1");
    assertThat(answer)
        .bodyJson()
        .isStrictlyEqualTo(
            "{\"eventId\":\"%s\",\"topic\":\"events\",\"partition\":2,\"offset\":40}"
                .formatted(Note.of(1).eventId()));
  }

  @Test
  void whatIsNoEventIsRefusedWithReasons() {
    assertThat(post("{".getBytes()))
        .hasStatus(400)
        .bodyJson()
        .extractingPath("$.error")
        .isEqualTo("malformed_json");
    MvcTestResult invalid = post("{\"eventType\": \"Note\"}".getBytes());
    assertThat(invalid).hasStatus(422);
    assertThat(invalid).bodyJson().extractingPath("$.details").asArray().hasSize(1);
    assertThat(invalid).bodyJson().extractingPath("$.correlationId").isEqualTo("c-1");
  }

  @Test
  void anEndlessBodyIsRefused() {
    assertThat(post(new byte[ClientConfig.MAX_RECORD_BYTES + 1000])).hasStatus(413);
  }

  @Test
  void anEventThatIsNotDeliveredMayBeSentAgainLater() {
    delivery = CompletableFuture.failedFuture(new TimeoutException("password=s3cret"));
    MvcTestResult answer = post(EventCodec.encode(Note.of(1)));
    assertThat(answer).hasStatus(503).hasHeader("Retry-After", "5");
    assertThat(answer).bodyText().contains("not_delivered").doesNotContain("s3cret");
  }

  @Test
  void aBugIsAnsweredWithoutItsDetails() {
    delivery = null;
    MvcTestResult answer = post(EventCodec.encode(Note.of(1)));
    assertThat(answer).hasStatus(500).bodyText().contains("internal_error");
  }

  @Test
  void otherMethodsHaveTheSameErrorShape() {
    assertThat(http.get().uri("/events").exchange())
        .hasStatus(405)
        .bodyJson()
        .extractingPath("$.error")
        .isEqualTo("method_not_allowed");
  }

  @Test
  void aCorrelationIdThatIsNotFitForHeadersIsReplaced() {
    assertThat(http.get().uri("/events").header("X-Correlation-Id", "x".repeat(500)).exchange())
        .headers()
        .hasHeaderSatisfying("X-Correlation-Id", ids -> assertThat(ids.get(0)).hasSize(36));
  }

  private MvcTestResult post(byte[] body) {
    return http.post().uri("/events").header("X-Correlation-Id", "c-1").content(body).exchange();
  }
}
