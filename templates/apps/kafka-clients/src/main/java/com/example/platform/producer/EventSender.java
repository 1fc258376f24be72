package com.example.platform.producer;

import com.example.platform.kafka.LazyProducer;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Kafka's client, whose callback becomes a future. */
record EventSender(LazyProducer producer) implements Sender {
  @Override
  public CompletableFuture<Delivery> send(ProducerRecord<byte[], byte[]> record) {
    var delivery = new CompletableFuture<Delivery>();
    try {
      producer
          .get()
          .send(
              record,
              (place, failure) -> {
                if (failure == null) {
                  delivery.complete(new Delivery(place.topic(), place.partition(), place.offset()));
                } else {
                  delivery.completeExceptionally(failure);
                }
              });
    } catch (KafkaException failure) {
      // What the client finds out before anything is under way.
      delivery.completeExceptionally(failure);
    }
    return delivery;
  }
}
