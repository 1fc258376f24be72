package com.example.platform.agenttasks;

import com.example.platform.agenttasks.TaskEvent.TaskCompleted;
import com.example.platform.agenttasks.TaskEvent.TaskCreated;
import com.example.platform.agenttasks.TaskEvent.TaskFailed;
import com.example.platform.agenttasks.TaskEvent.ToolCalled;
import com.example.platform.agenttasks.TaskEvent.ToolReturned;
import com.example.platform.event.Moments;
import com.example.platform.store.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tasks and their tool calls, each put together from the events that have arrived. Any of them may
 * be missing (retention), so every event can be the first that is seen of its task, and fills in
 * what it knows.
 */
final class Tables {
  static final List<String> DDL =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS task_events (
            event_id TEXT PRIMARY KEY,
            task_id TEXT NOT NULL,
            event_type TEXT NOT NULL,
            occurred_at TEXT NOT NULL
          )
          """,
          """
          CREATE TABLE IF NOT EXISTS tasks (
            task_id TEXT PRIMARY KEY,
            agent TEXT,
            goal TEXT,
            outcome TEXT
          )
          """,
          """
          CREATE TABLE IF NOT EXISTS tool_calls (
            task_id TEXT NOT NULL,
            call_id TEXT NOT NULL,
            first_event_id TEXT NOT NULL,
            tool TEXT,
            arguments TEXT,
            ok INTEGER,
            result TEXT,
            duration_ms BIGINT,
            PRIMARY KEY (task_id, call_id)
          )
          """);

  static final String EFFECTS = "SELECT COUNT(*) FROM task_events";

  private Tables() {}

  static void apply(Transaction transaction, List<TaskEvent> events) throws SQLException {
    transaction.executeMany(
        "INSERT INTO task_events (event_id, task_id, event_type, occurred_at) VALUES (?, ?, ?, ?)",
        events.stream().map(Tables::eventRow).toList());
    transaction.executeMany(
        """
        INSERT INTO tasks (task_id, agent, goal, outcome) VALUES (?, ?, ?, ?)
        ON CONFLICT (task_id) DO UPDATE SET
          agent = COALESCE(EXCLUDED.agent, tasks.agent),
          goal = COALESCE(EXCLUDED.goal, tasks.goal),
          outcome = COALESCE(EXCLUDED.outcome, tasks.outcome)
        """,
        events.stream().map(Tables::taskRow).toList());
    transaction.executeMany(
        """
        INSERT INTO tool_calls (
          task_id, call_id, first_event_id, tool, arguments, ok, result, duration_ms
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (task_id, call_id) DO UPDATE SET
          tool = COALESCE(EXCLUDED.tool, tool_calls.tool),
          arguments = COALESCE(EXCLUDED.arguments, tool_calls.arguments),
          ok = COALESCE(EXCLUDED.ok, tool_calls.ok),
          result = COALESCE(EXCLUDED.result, tool_calls.result),
          duration_ms = COALESCE(EXCLUDED.duration_ms, tool_calls.duration_ms)
        """,
        events.stream().flatMap(Tables::callRow).toList());
  }

  private static Object[] eventRow(TaskEvent event) {
    return new Object[] {
      event.eventId().toString(), event.taskId(), event.eventType(), Moments.iso(event.occurredAt())
    };
  }

  private static Object[] taskRow(TaskEvent event) {
    if (event instanceof TaskCreated created) {
      return new Object[] {created.taskId(), created.agent(), created.goal(), null};
    }
    if (event instanceof TaskCompleted) {
      return new Object[] {event.taskId(), null, null, "completed"};
    }
    if (event instanceof TaskFailed) {
      return new Object[] {event.taskId(), null, null, "failed"};
    }
    return new Object[] {event.taskId(), null, null, null};
  }

  private static Stream<Object[]> callRow(TaskEvent event) {
    String eventId = event.eventId().toString();
    if (event instanceof ToolCalled called) {
      return Stream.<Object[]>of(
          new Object[] {
            called.taskId(),
            called.callId(),
            eventId,
            called.tool(),
            called.arguments().toString(),
            null,
            null,
            null
          });
    }
    if (event instanceof ToolReturned returned) {
      return Stream.<Object[]>of(
          new Object[] {
            returned.taskId(),
            returned.callId(),
            eventId,
            null,
            null,
            returned.ok() ? 1 : 0,
            returned.result(),
            returned.durationMs()
          });
    }
    return Stream.empty();
  }
}
