package com.example.platform.support;

import com.example.platform.event.Event;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;

/** The event of the tests' own domain. */
public record Note(
    @NotNull UUID eventId,
    @NotNull Instant occurredAt,
    @NotEmpty String author,
    @NotNull String text)
    implements Event {
  public static Note of(int number, String author, String text) {
    return new Note(
        new UUID(0x4000L, 0x8000000000000000L | number),
        Instant.parse("2026-01-01T12:00:00Z").plusMillis(number),
        author,
        text);
  }

  public static Note of(int number) {
    return of(number, "ann", "note " + number);
  }
}
