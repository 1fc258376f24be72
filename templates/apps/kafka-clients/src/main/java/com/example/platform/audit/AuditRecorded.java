package com.example.platform.audit;

import com.example.platform.event.Event;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.UUID;

/**
 * The event as it is on the topic.
 *
 * @param action noun.verb
 */
public record AuditRecorded(
    @NotNull UUID eventId,
    @NotNull Instant occurredAt,
    @NotEmpty String actor,
    @NotNull @Pattern(regexp = "[^.\\s]+\\.[^.\\s]+") String action,
    @NotNull String resource,
    @NotNull @Pattern(regexp = "success|denied|failed") String outcome,
    @NotNull String sourceIp,
    @NotNull String service,
    @NotNull String details)
    implements Event {}
