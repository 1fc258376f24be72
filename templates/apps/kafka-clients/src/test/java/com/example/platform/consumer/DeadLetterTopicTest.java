package com.example.platform.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.kafka.LazyProducer;
import com.example.platform.kafka.RefusedForGood;
import com.example.platform.support.Records;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class DeadLetterTopicTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final DeadLetterTopic topic =
      new DeadLetterTopic(
          new LazyProducer(() -> producer, Duration.ZERO),
          new DeadLetterRecords("events.dlq", "readers"));

  @Test
  void aRecordIsWrittenUnchangedWithTheHeadersOfItsLastDeath() {
    var record = Records.of(42, "{");
    record.headers().add("dlq-attempts", Records.bytes("7"));
    assertThat(topic.write(List.of(letter(record)))).isEmpty();
    var written = producer.history().get(0);
    assertThat(written.topic()).isEqualTo("events.dlq");
    assertThat(written.partition()).isNull();
    assertThat(written.key()).isEqualTo(record.key());
    assertThat(written.value()).isEqualTo(record.value());
    assertThat(Arrays.stream(written.headers().toArray()).map(header -> header.key()))
        .containsExactlyInAnyOrder(
            "correlation-id",
            "dlq-original-topic",
            "dlq-original-partition",
            "dlq-original-offset",
            "dlq-original-timestamp",
            "dlq-error-class",
            "dlq-error-message",
            "dlq-attempts",
            "dlq-failed-at",
            "dlq-consumer-group");
    assertThat(
            new String(
                written.headers().lastHeader("dlq-attempts").value(), StandardCharsets.UTF_8))
        .isEqualTo("1");
  }

  @Test
  void whatTheClientDoesNotTakeIsLeft() {
    producer.sendException = new TimeoutException("no broker");
    var letter = letter(Records.of(1, "{"));
    assertThat(topic.write(List.of(letter))).containsExactly(letter);
  }

  @Test
  void whatWillNeverBeTakenEndsTheService() {
    producer.sendException = new TopicAuthorizationException(Set.of("events.dlq"));
    var letter = letter(Records.of(1, "{"));
    assertThatThrownBy(() -> topic.write(List.of(letter)))
        .isInstanceOf(RefusedForGood.class)
        .hasMessageContaining("no right to use the topic events.dlq");
    producer.sendException = new RecordTooLargeException("2000000 bytes");
    assertThatThrownBy(() -> topic.write(List.of(letter))).isInstanceOf(RefusedForGood.class);
  }

  @Test
  void whatIsNotAcknowledgedIsLeft() {
    var slow =
        new MockProducer<byte[], byte[]>(
            false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized java.util.concurrent.Future<
                  org.apache.kafka.clients.producer.RecordMetadata>
              send(
                  org.apache.kafka.clients.producer.ProducerRecord<byte[], byte[]> record,
                  org.apache.kafka.clients.producer.Callback callback) {
            var write = super.send(record, callback);
            errorNext(new TimeoutException("expired"));
            return write;
          }
        };
    var late =
        new DeadLetterTopic(
            new LazyProducer(() -> slow, Duration.ZERO),
            new DeadLetterRecords("events.dlq", "readers"));
    var letter = letter(Records.of(1, "{"));
    assertThat(late.write(List.of(letter))).containsExactly(letter);
  }

  private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(record, ErrorClass.UNDECODABLE, "no JSON", 1);
  }
}
