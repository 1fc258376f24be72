package com.example.platform.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.event.EventCodec;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.metrics.ProducerMetrics;
import com.example.platform.support.Note;
import com.example.platform.support.Notes;
import com.example.platform.support.Records;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventIntakeTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
  private CompletableFuture<Delivery> delivery =
      CompletableFuture.completedFuture(new Delivery("events", 2, 40));
  private final EventIntake<Note> intake =
      new EventIntake<>(
          new Notes(),
          record -> {
            sent.add(record);
            return delivery;
          },
          "events",
          2,
          new ProducerMetrics(registry, "events"));

  @Test
  void anAcceptedEventIsAnsweredWithItsPlace() {
    assertThat(accept(EventCodec.encode(Note.of(1))))
        .isCompletedWithValue(
            new Answer.Accepted(Note.of(1).eventId().toString(), new Delivery("events", 2, 40)));
    assertThat(registry.get("app.events.produced").counter().count()).isEqualTo(1);
    assertThat(registry.get("app.event.delivery").timer().count()).isEqualTo(1);
  }

  @Test
  void theRecordHasTheKeyTheBytesAsTheyCameAndTheHeaders() {
    byte[] body =
        new String(EventCodec.encode(Note.of(1)), StandardCharsets.UTF_8)
            .replace("}", ",  \"unknown\": 1}")
            .getBytes(StandardCharsets.UTF_8);
    intake.accept(body, "c-1", Optional.of("00-aa-bb-01"));
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).key()).isEqualTo(Records.bytes("ann"));
    assertThat(sent.get(0).value()).isEqualTo(body);
    assertThat(Arrays.stream(sent.get(0).headers().toArray()))
        .extracting(h -> h.key() + "=" + new String(h.value(), StandardCharsets.UTF_8))
        .containsExactly(
            "event-id=" + Note.of(1).eventId(),
            "event-type=Note",
            "correlation-id=c-1",
            "content-type=application/json",
            "traceparent=00-aa-bb-01");
  }

  @ParameterizedTest
  @CsvSource({"{, MALFORMED_JSON", "'', MALFORMED_JSON", "[], INVALID_EVENT", "{}, INVALID_EVENT"})
  void whatIsNoEventIsRefusedAndNotSent(String body, Rejection rejection) {
    assertThat(rejected(accept(Records.bytes(body)))).isEqualTo(rejection);
    assertThat(sent).isEmpty();
    assertThat(rejections("invalid")).isEqualTo(1);
  }

  @Test
  void aBodyThatNoTopicTakesIsRefused() {
    assertThat(rejected(accept(new byte[ClientConfig.MAX_RECORD_BYTES + 1])))
        .isEqualTo(Rejection.TOO_LARGE);
    assertThat(rejections("too_large")).isEqualTo(1);
  }

  @Test
  void moreEventsInFlightThanAllowedAreRefusedAtOnce() {
    delivery = new CompletableFuture<>();
    byte[] body = EventCodec.encode(Note.of(1));
    var first = accept(body);
    accept(body);
    assertThat(rejected(accept(body))).isEqualTo(Rejection.QUEUE_FULL);
    assertThat(registry.get("app.events.in.flight").gauge().value()).isEqualTo(2);
    delivery.complete(new Delivery("events", 0, 1));
    assertThat(first).isCompleted();
    assertThat(registry.get("app.events.in.flight").gauge().value()).isZero();
  }

  @Test
  void bytesInFlightAreBoundedToo() throws Exception {
    delivery = new CompletableFuture<>();
    var many =
        new EventIntake<>(
            new Notes(),
            record -> delivery,
            "events",
            1000,
            new ProducerMetrics(new SimpleMeterRegistry(), "events"));
    byte[] body = Arrays.copyOf(EventCodec.encode(Note.of(1)), ClientConfig.MAX_RECORD_BYTES);
    Arrays.fill(body, EventCodec.encode(Note.of(1)).length, body.length, (byte) ' ');
    long room = EventIntake.MAX_BYTES_IN_FLIGHT / body.length;
    for (int number = 0; number < room; number++) {
      assertThat(many.accept(body, "c", Optional.empty())).isNotCompleted();
    }
    assertThat(rejected(many.accept(body, "c", Optional.empty()))).isEqualTo(Rejection.QUEUE_FULL);
    delivery.complete(new Delivery("events", 0, 1));
    assertThat(many.accept(body, "c", Optional.empty()).get()).isInstanceOf(Answer.Accepted.class);
  }

  @Test
  void aFailedSendIsAnsweredAsItsKindSays() {
    delivery = CompletableFuture.failedFuture(new TopicAuthorizationException("events"));
    assertThat(rejected(accept(EventCodec.encode(Note.of(1))))).isEqualTo(Rejection.UNAUTHORISED);
    assertThat(rejections("unauthorised")).isEqualTo(1);
  }

  private CompletableFuture<Answer> accept(byte[] body) {
    return intake.accept(body, "c-1", Optional.empty());
  }

  private static Rejection rejected(CompletableFuture<Answer> answer) {
    return ((Answer.Rejected) answer.join()).rejection();
  }

  private double rejections(String reason) {
    return registry.get("app.events.rejected").tag("reason", reason).counter().count();
  }
}
