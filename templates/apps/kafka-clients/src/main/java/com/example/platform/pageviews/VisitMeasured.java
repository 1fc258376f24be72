package com.example.platform.pageviews;

import com.example.platform.event.Event;
import java.time.Instant;
import java.util.UUID;

/** What the transformer makes of a page view: which part of the site, and how much attention. */
public record VisitMeasured(
    UUID eventId,
    Instant occurredAt,
    String visitorId,
    String page,
    String section,
    String attention)
    implements Event {
  private static final long GLANCE_BELOW_MS = 5_000;
  private static final long VISIT_BELOW_MS = 30_000;

  static VisitMeasured of(PageViewed view) {
    return new VisitMeasured(
        view.eventId(),
        view.occurredAt(),
        view.visitorId(),
        view.page(),
        section(view.page()),
        attention(view.durationMs()));
  }

  private static String section(String page) {
    String first = page.substring(1).split("/", 2)[0];
    return first.isEmpty() ? "home" : first;
  }

  private static String attention(long durationMs) {
    if (durationMs < GLANCE_BELOW_MS) {
      return "glance";
    }
    return durationMs < VISIT_BELOW_MS ? "visit" : "read";
  }
}
