package com.example.platform.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Dead letters as they are written: the record unchanged, and headers about its death. */
public record DeadLetterRecords(String topic, String group) {
  public ProducerRecord<byte[], byte[]> of(DeadLetter letter) {
    ConsumerRecord<byte[], byte[]> record = letter.record();
    Headers headers = new RecordHeaders(record.headers().toArray());
    DeadLetterHeaders.added(letter, group)
        .forEach((name, value) -> headers.remove(name).add(name, value));
    // Without a partition: by key, like the record that it was.
    return new ProducerRecord<>(topic, null, null, record.key(), record.value(), headers);
  }
}
