package com.example.platform.event;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.UUID;

/**
 * What all events have. The simple name of a record that implements it is its {@code eventType} in
 * JSON: renaming one changes what is on the topic.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "eventType")
public interface Event {
  UUID eventId();

  Instant occurredAt();

  default String eventType() {
    return getClass().getSimpleName();
  }
}
