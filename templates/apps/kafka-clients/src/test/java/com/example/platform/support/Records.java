package com.example.platform.support;

import com.example.platform.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as they are read. */
public final class Records {
  public static final String TOPIC = "events";
  public static final long TIMESTAMP = 1_767_225_600_000L;

  private Records() {}

  public static ConsumerRecord<byte[], byte[]> of(long offset, String value) {
    return of(0, offset, bytes(value));
  }

  public static ConsumerRecord<byte[], byte[]> of(Note note) {
    return of(0, note.eventId().getLeastSignificantBits() & 0xFFFF, EventCodec.encode(note));
  }

  public static ConsumerRecord<byte[], byte[]> of(int partition, long offset, byte[] value) {
    var headers = new RecordHeaders();
    headers.add("correlation-id", bytes("c-" + offset));
    return new ConsumerRecord<>(
        TOPIC,
        partition,
        offset,
        TIMESTAMP,
        TimestampType.CREATE_TIME,
        3,
        value == null ? 0 : value.length,
        bytes("ann"),
        value,
        headers,
        Optional.empty());
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
