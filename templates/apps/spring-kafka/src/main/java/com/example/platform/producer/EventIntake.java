package com.example.platform.producer;

import com.example.platform.event.Domain;
import com.example.platform.event.Event;
import com.example.platform.event.EventCodec;
import com.example.platform.event.InvalidEvent;
import com.example.platform.event.Undecodable;
import com.example.platform.kafka.ClientConfig;
import com.example.platform.kafka.Headers;
import com.example.platform.metrics.ProducerMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One event from its bytes to its acknowledgement, whatever serves HTTP. */
public final class EventIntake<E extends Event> {
  private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);

  /** Counted as they came: a batch in the client's own buffer may be a tenth of its events. */
  static final long MAX_BYTES_IN_FLIGHT = 128L * 1024 * 1024;

  private final Domain<E> domain;
  private final EventCodec<E> codec;
  private final Sender sender;
  private final String topic;
  private final int maxInFlight;
  private final ProducerMetrics metrics;
  private final AtomicLong bytesInFlight = new AtomicLong();

  public EventIntake(
      Domain<E> domain, Sender sender, String topic, int maxInFlight, ProducerMetrics metrics) {
    this.domain = domain;
    this.codec = new EventCodec<>(domain);
    this.sender = sender;
    this.topic = topic;
    this.maxInFlight = maxInFlight;
    this.metrics = metrics;
  }

  public CompletableFuture<Answer> accept(
      byte[] body, String correlationId, Optional<String> traceparent) {
    if (body.length > ClientConfig.MAX_RECORD_BYTES) {
      about(Rejection.TOO_LARGE, correlationId)
          .log("Event not sent: more than {} bytes", ClientConfig.MAX_RECORD_BYTES);
      return rejected(new Answer.Rejected(Rejection.TOO_LARGE));
    }
    try {
      E event = codec.decode(body);
      return send(event.eventId(), record(event, body, correlationId, traceparent), correlationId);
    } catch (Undecodable error) {
      return rejected(new Answer.Rejected(Rejection.MALFORMED_JSON, error.getMessage(), List.of()));
    } catch (InvalidEvent error) {
      return rejected(
          new Answer.Rejected(
              Rejection.INVALID_EVENT, Rejection.INVALID_EVENT.message(), error.details()));
    }
  }

  private ProducerRecord<byte[], byte[]> record(
      E event, byte[] body, String correlationId, Optional<String> traceparent) {
    // The bytes as they came: fields that we don't know yet reach those who do.
    var record = new ProducerRecord<>(topic, Headers.bytes(domain.key(event)), body);
    record
        .headers()
        .add(Headers.EVENT_ID, Headers.bytes(event.eventId().toString()))
        .add(Headers.EVENT_TYPE, Headers.bytes(event.eventType()))
        .add(Headers.CORRELATION_ID, Headers.bytes(correlationId))
        .add(Headers.CONTENT_TYPE, Headers.bytes("application/json"));
    traceparent.ifPresent(
        parent -> record.headers().add(Headers.TRACEPARENT, Headers.bytes(parent)));
    return record;
  }

  private CompletableFuture<Answer> send(
      UUID eventId, ProducerRecord<byte[], byte[]> record, String correlationId) {
    int size = record.value().length;
    // Refusing early keeps the answer quick and the memory bounded when brokers are slow.
    int events = metrics.inFlight().incrementAndGet();
    long bytes = bytesInFlight.addAndGet(size);
    if (events > maxInFlight || bytes > MAX_BYTES_IN_FLIGHT) {
      landed(size);
      return rejected(new Answer.Rejected(Rejection.QUEUE_FULL));
    }
    long begun = System.nanoTime();
    return sender
        .send(record)
        .handle(
            (delivery, failure) -> {
              landed(size);
              metrics.delivery().record(Duration.ofNanos(System.nanoTime() - begun));
              return failure == null
                  ? accepted(eventId, delivery, correlationId)
                  : notSent(eventId, failure, correlationId);
            });
  }

  private void landed(int size) {
    metrics.inFlight().decrementAndGet();
    bytesInFlight.addAndGet(-size);
  }

  private Answer accepted(UUID eventId, Delivery delivery, String correlationId) {
    metrics.produced().increment();
    LOG.atDebug()
        .addKeyValue("correlationId", correlationId)
        .addKeyValue("eventId", eventId)
        .addKeyValue("topic", delivery.topic())
        .addKeyValue("partition", delivery.partition())
        .addKeyValue("offset", delivery.offset())
        .log("Event accepted.");
    return new Answer.Accepted(eventId.toString(), delivery);
  }

  private Answer notSent(UUID eventId, Throwable failure, String correlationId) {
    Rejection rejection = Rejection.of(failure);
    metrics.rejected(rejection.metric()).increment();
    about(rejection, correlationId)
        .addKeyValue("eventId", eventId)
        .log("Event not sent: {}", failure.getMessage());
    return new Answer.Rejected(rejection);
  }

  private LoggingEventBuilder about(Rejection rejection, String correlationId) {
    return LOG.atWarn()
        .addKeyValue("correlationId", correlationId)
        .addKeyValue("topic", topic)
        .addKeyValue("errorClass", rejection.kind());
  }

  private CompletableFuture<Answer> rejected(Answer.Rejected answer) {
    metrics.rejected(answer.rejection().metric()).increment();
    return CompletableFuture.completedFuture(answer);
  }
}
