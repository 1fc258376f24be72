package com.example.platform.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.platform.kafka.LazyProducer;
import com.example.platform.support.Records;
import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventSenderTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final EventSender sender =
      new EventSender(new LazyProducer(() -> producer, Duration.ZERO));

  @Test
  void anEventIsDeliveredWhenTheBrokersHaveIt() {
    var delivery = sender.send(record());
    assertThat(delivery).isNotDone();
    producer.completeNext();
    assertThat(delivery).isCompletedWithValue(new Delivery("events", 0, 0));
  }

  @Test
  void whatTheBrokersRefuseFails() {
    var delivery = sender.send(record());
    producer.errorNext(new TopicAuthorizationException("events"));
    assertThat(delivery).isCompletedExceptionally();
    assertThat(delivery.handle((place, failure) -> Rejection.of(failure)).join())
        .isEqualTo(Rejection.UNAUTHORISED);
  }

  @Test
  void whatTheClientRefusesAtOnceFailsInTheSameWay() {
    producer.sendException = new TimeoutException("no metadata");
    assertThat(sender.send(record())).isCompletedExceptionally();
  }

  @Test
  void aClientThatCanNotBeMadeYetIsNoBug() {
    LazyProducer none =
        new LazyProducer(
            () -> {
              throw new KafkaException("no token");
            },
            Duration.ZERO);
    assertThat(new EventSender(none).send(record())).isCompletedExceptionally();
  }

  private static ProducerRecord<byte[], byte[]> record() {
    return new ProducerRecord<>("events", Records.bytes("ann"), Records.bytes("{}"));
  }
}
