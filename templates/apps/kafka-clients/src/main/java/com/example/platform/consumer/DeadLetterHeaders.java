package com.example.platform.consumer;

import com.example.platform.event.Moments;
import com.example.platform.kafka.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is added to a record's own headers: where it stood, and why it is a dead letter. */
public final class DeadLetterHeaders {
  public static final String PREFIX = "dlq-";
  public static final String ORIGINAL_TOPIC = PREFIX + "original-topic";

  private DeadLetterHeaders() {}

  /** They replace those of an earlier death: a record that fails again tells its last failure. */
  public static Map<String, byte[]> added(DeadLetter letter, String group) {
    ConsumerRecord<byte[], byte[]> record = letter.record();
    Map<String, byte[]> added = new LinkedHashMap<>();
    added.put(ORIGINAL_TOPIC, Headers.bytes(record.topic()));
    added.put(PREFIX + "original-partition", decimal(record.partition()));
    added.put(PREFIX + "original-offset", decimal(record.offset()));
    added.put(PREFIX + "original-timestamp", decimal(record.timestamp()));
    added.put(PREFIX + "error-class", Headers.bytes(letter.errorClass().label()));
    added.put(PREFIX + "error-message", Headers.bytes(letter.message()));
    added.put(PREFIX + "attempts", decimal(letter.attempts()));
    added.put(PREFIX + "failed-at", Headers.bytes(Moments.now()));
    added.put(PREFIX + "consumer-group", Headers.bytes(group));
    if (Headers.text(record.headers(), Headers.CORRELATION_ID).isEmpty()) {
      added.put(Headers.CORRELATION_ID, Headers.bytes(UUID.randomUUID().toString()));
    }
    return added;
  }

  private static byte[] decimal(long number) {
    return Headers.bytes(String.valueOf(number));
  }
}
