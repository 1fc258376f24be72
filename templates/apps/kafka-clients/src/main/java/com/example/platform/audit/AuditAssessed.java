package com.example.platform.audit;

import com.example.platform.event.Event;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What the transformer makes of an audit record: how much it should worry somebody. */
public record AuditAssessed(
    UUID eventId, Instant occurredAt, String actor, String action, String outcome, String risk)
    implements Event {
  private static final Map<String, String> RISK_OF_OUTCOME =
      Map.of("success", "low", "failed", "medium", "denied", "high");

  static AuditAssessed of(AuditRecorded recorded) {
    return new AuditAssessed(
        recorded.eventId(),
        recorded.occurredAt(),
        recorded.actor(),
        recorded.action(),
        recorded.outcome(),
        RISK_OF_OUTCOME.get(recorded.outcome()));
  }
}
