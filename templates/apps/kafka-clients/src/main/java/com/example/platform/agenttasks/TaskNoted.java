package com.example.platform.agenttasks;

import com.example.platform.agenttasks.TaskEvent.TaskCompleted;
import com.example.platform.agenttasks.TaskEvent.TaskCreated;
import com.example.platform.agenttasks.TaskEvent.TaskFailed;
import com.example.platform.agenttasks.TaskEvent.ToolCalled;
import com.example.platform.agenttasks.TaskEvent.ToolReturned;
import com.example.platform.event.Event;
import java.time.Instant;
import java.util.UUID;

/** What the transformer makes of a task's event: a line for its logbook. */
public record TaskNoted(UUID eventId, Instant occurredAt, String taskId, String note)
    implements Event {
  static TaskNoted of(TaskEvent event) {
    return new TaskNoted(event.eventId(), event.occurredAt(), event.taskId(), note(event));
  }

  private static String note(TaskEvent event) {
    if (event instanceof TaskCreated created) {
      return "created: " + created.goal();
    }
    if (event instanceof ToolCalled called) {
      return "called: " + called.tool();
    }
    if (event instanceof ToolReturned returned) {
      return returned.ok() ? "returned: ok" : "returned: error";
    }
    if (event instanceof TaskCompleted completed) {
      return "completed: " + completed.summary();
    }
    return "failed: " + ((TaskFailed) event).reason();
  }
}
