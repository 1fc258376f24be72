package com.example.platform.pageviews;

import com.example.platform.event.Count;
import com.example.platform.event.Event;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.UUID;

/** The event as it is on the topic. */
public record PageViewed(
    @NotNull UUID eventId,
    @NotNull Instant occurredAt,
    @NotEmpty String visitorId,
    @NotNull @Pattern(regexp = "/.*", flags = Pattern.Flag.DOTALL) String page,
    String referrer,
    @NotNull @Pattern(regexp = "[A-Za-z]{2}") String country,
    @Count long durationMs)
    implements Event {}
