package com.example.platform.agenttasks;

import com.example.platform.agenttasks.TaskEvent.TaskCompleted;
import com.example.platform.agenttasks.TaskEvent.TaskCreated;
import com.example.platform.agenttasks.TaskEvent.TaskFailed;
import com.example.platform.agenttasks.TaskEvent.ToolCalled;
import com.example.platform.agenttasks.TaskEvent.ToolReturned;
import com.example.platform.event.EventJson;
import com.example.platform.generate.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Agents at work on several tasks at once: some call one tool and are done, some dig for long. */
final class Samples implements Supplier<TaskEvent> {
  private static final int MOST_OPEN = 30;
  private static final double NEW_SHARE = 0.15;
  private static final double END_SHARE = 0.22;
  private static final double FAILED_SHARE = 0.15;

  private static final List<String> AGENTS =
      List.of(
          "support-triage", "invoice-matcher", "release-notes", "data-steward", "on-call-helper");
  private static final List<String> GOALS =
      List.of(
          "Find out why invoice %d was charged twice",
          "Draft an answer to ticket %d",
          "Summarise the changes since release %d",
          "Match payment %d with its order",
          "Explain the alert on service %d");
  private static final List<String> TOOLS =
      List.of("search_tickets", "query_orders", "read_document", "send_draft", "run_report");
  private static final List<String> FAILURES =
      List.of("budget of tool calls spent", "no permission for the account", "nothing to go by");

  private final Source source;
  private final List<Open> open = new ArrayList<>();

  Samples(Source source) {
    this.source = source;
  }

  @Override
  public TaskEvent get() {
    if (open.size() < MOST_OPEN && (open.isEmpty() || source.chance(NEW_SHARE))) {
      Open task = new Open(source.reference("task"), 0, false);
      open.add(task);
      return created(task);
    }
    int index = source.skewed(open.size());
    Open task = open.get(index);
    if (task.waiting) {
      open.set(index, new Open(task.taskId, task.calls, false));
      return returned(task);
    }
    if (task.calls > 0 && source.chance(END_SHARE)) {
      open.remove(index);
      return ended(task);
    }
    Open calling = new Open(task.taskId, task.calls + 1, true);
    open.set(index, calling);
    return called(calling);
  }

  private TaskCreated created(Open task) {
    return new TaskCreated(
        source.eventId(),
        source.occurredAt(),
        task.taskId,
        source.pick(AGENTS),
        source.pick(GOALS).formatted(source.between(1000, 9999)));
  }

  private ToolCalled called(Open task) {
    ObjectNode arguments =
        EventJson.MAPPER
            .createObjectNode()
            .put("query", "reference " + source.between(1000, 9999))
            .put("limit", 5 * (1 + source.skewed(4)));
    return new ToolCalled(
        source.eventId(),
        source.occurredAt(),
        task.taskId,
        task.callId(),
        source.pick(TOOLS),
        arguments);
  }

  private ToolReturned returned(Open task) {
    boolean ok = !source.chance(0.1);
    return new ToolReturned(
        source.eventId(),
        source.occurredAt(),
        task.taskId,
        task.callId(),
        ok,
        ok ? source.skewed(20) + " results" : "the tool timed out",
        source.lognormal(6, 1));
  }

  private TaskEvent ended(Open task) {
    return source.chance(FAILED_SHARE)
        ? new TaskFailed(source.eventId(), source.occurredAt(), task.taskId, source.pick(FAILURES))
        : new TaskCompleted(
            source.eventId(),
            source.occurredAt(),
            task.taskId,
            "Done after %d tool calls.".formatted(task.calls));
  }

  /** A task that isn't done, and whether its last call has yet to return. */
  private record Open(String taskId, int calls, boolean waiting) {
    String callId() {
      return "call-" + calls;
    }
  }
}
