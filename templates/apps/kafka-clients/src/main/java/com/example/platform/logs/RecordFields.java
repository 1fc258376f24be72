package com.example.platform.logs;

import com.example.platform.kafka.Headers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.spi.LoggingEventBuilder;

/** The fields of a line that is about a record. */
public final class RecordFields {
  private RecordFields() {}

  public static LoggingEventBuilder about(
      LoggingEventBuilder line, ConsumerRecord<byte[], byte[]> record) {
    return line.addKeyValue(
            "correlationId", Headers.text(record.headers(), Headers.CORRELATION_ID).orElse(null))
        .addKeyValue("eventId", Headers.text(record.headers(), Headers.EVENT_ID).orElse(null))
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset());
  }
}
