package com.example.platform.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Times as they appear everywhere outside: ISO 8601, UTC, milliseconds. */
public final class Moments {
  private static final DateTimeFormatter ISO_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern ISO_UTC =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d)(:\\d\\d(\\.\\d{1,9})?)?(Z|\\+00:00)");

  private Moments() {}

  public static String iso(Instant moment) {
    return ISO_MILLIS.format(moment);
  }

  public static String now() {
    return iso(Instant.now());
  }

  /** Throws {@link IllegalArgumentException} for anything but a time in UTC. */
  public static Instant parse(String text) {
    var parts = ISO_UTC.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("must be ISO 8601 in UTC");
    }
    String seconds = parts.group(2) == null ? ":00" : parts.group(2);
    try {
      return Instant.parse(parts.group(1) + seconds + "Z");
    } catch (DateTimeParseException error) {
      throw new IllegalArgumentException("must be a time that exists", error);
    }
  }
}
