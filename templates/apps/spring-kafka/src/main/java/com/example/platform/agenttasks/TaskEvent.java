package com.example.platform.agenttasks;

import com.example.platform.event.Count;
import com.example.platform.event.Event;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The events as they are on the topic. */
public sealed interface TaskEvent extends Event {
  String taskId();

  record TaskCreated(
      @NotNull UUID eventId,
      @NotNull Instant occurredAt,
      @NotEmpty String taskId,
      @NotEmpty String agent,
      @NotNull String goal)
      implements TaskEvent {}

  record ToolCalled(
      @NotNull UUID eventId,
      @NotNull Instant occurredAt,
      @NotEmpty String taskId,
      @NotEmpty String callId,
      @NotEmpty String tool,
      @NotNull ObjectNode arguments)
      implements TaskEvent {}

  record ToolReturned(
      @NotNull UUID eventId,
      @NotNull Instant occurredAt,
      @NotEmpty String taskId,
      @NotEmpty String callId,
      boolean ok,
      @NotNull String result,
      @Count long durationMs)
      implements TaskEvent {}

  record TaskCompleted(
      @NotNull UUID eventId,
      @NotNull Instant occurredAt,
      @NotEmpty String taskId,
      @NotNull String summary)
      implements TaskEvent {}

  record TaskFailed(
      @NotNull UUID eventId,
      @NotNull Instant occurredAt,
      @NotEmpty String taskId,
      @NotNull String reason)
      implements TaskEvent {}
}
