package com.example.platform.support;

/** Event JSON, written as a producer in another language may write it. */
public final class Events {
  private Events() {}

  /** {@code fields} are written with single quotes. */
  public static String json(int number, String eventType, String fields) {
    return """
        {"eventId": "00000000-0000-4000-8000-%012d", "eventType": "%s",
         "occurredAt": "2026-01-01T12:00:10.000Z", %s}
        """
        .formatted(number, eventType, fields.replace('\'', '"'));
  }
}
