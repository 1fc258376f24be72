package com.example.platform.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.platform.kafka.RefusedForGood;
import com.example.platform.support.Records;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;

class DeadLetterTopicTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final DeadLetterTopic topic =
      new DeadLetterTopic(new KafkaTemplate<>(() -> producer), "events.dlq", "readers");

  @Test
  void aRecordIsWrittenUnchangedWithTheHeadersOfThePlatformOnly() {
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
  void whatIsNotAcknowledgedIsLeft() {
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
  }

  private static DeadLetter letter(
      org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(record, ErrorClass.UNDECODABLE, "no JSON", 1);
  }
}
