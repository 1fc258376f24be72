package com.example.platform.store;

import com.example.platform.event.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event, and the record it came in. */
public record Received<E extends Event>(ConsumerRecord<byte[], byte[]> record, E event) {
  String eventId() {
    return event.eventId().toString();
  }
}
