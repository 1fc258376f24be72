package com.example.platform.producer;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The seam to Kafka. */
@FunctionalInterface
public interface Sender {
  /** Completes once all in-sync replicas have the record, or the client has given it up. */
  CompletableFuture<Delivery> send(ProducerRecord<byte[], byte[]> record);
}
