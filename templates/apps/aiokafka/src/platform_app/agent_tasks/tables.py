"""Tasks and their tool calls, each put together from the events that have arrived.

Any of them may be missing (retention), so every event can be the first that is seen of its
task, and fills in what it knows.
"""

import json
from collections.abc import Sequence

from platform_app.agent_tasks.events import (
    TaskCompleted,
    TaskCreated,
    TaskEvent,
    TaskFailed,
    ToolCalled,
    ToolReturned,
)
from platform_app.moment import iso_millis
from platform_app.store.session import SqlValue, Transaction

TABLES = (
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
    """,
)

EFFECTS = "SELECT COUNT(*) FROM task_events"


def apply(transaction: Transaction, events: Sequence[TaskEvent]) -> None:
    transaction.execute_many(
        "INSERT INTO task_events (event_id, task_id, event_type, occurred_at) "
        "VALUES (%s, %s, %s, %s)",
        [(str(e.event_id), e.task_id, e.event_type, iso_millis(e.occurred_at)) for e in events],
    )
    transaction.execute_many(
        """
        INSERT INTO tasks (task_id, agent, goal, outcome) VALUES (%s, %s, %s, %s)
        ON CONFLICT (task_id) DO UPDATE SET
          agent = COALESCE(EXCLUDED.agent, tasks.agent),
          goal = COALESCE(EXCLUDED.goal, tasks.goal),
          outcome = COALESCE(EXCLUDED.outcome, tasks.outcome)
        """,
        [_task(event) for event in events],
    )
    transaction.execute_many(
        """
        INSERT INTO tool_calls (
          task_id, call_id, first_event_id, tool, arguments, ok, result, duration_ms
        ) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (task_id, call_id) DO UPDATE SET
          tool = COALESCE(EXCLUDED.tool, tool_calls.tool),
          arguments = COALESCE(EXCLUDED.arguments, tool_calls.arguments),
          ok = COALESCE(EXCLUDED.ok, tool_calls.ok),
          result = COALESCE(EXCLUDED.result, tool_calls.result),
          duration_ms = COALESCE(EXCLUDED.duration_ms, tool_calls.duration_ms)
        """,
        [_call(event) for event in events if isinstance(event, ToolCalled | ToolReturned)],
    )


def _task(event: TaskEvent) -> tuple[SqlValue, ...]:
    if isinstance(event, TaskCreated):
        return (event.task_id, event.agent, event.goal, None)
    if isinstance(event, TaskCompleted):
        return (event.task_id, None, None, "completed")
    if isinstance(event, TaskFailed):
        return (event.task_id, None, None, "failed")
    return (event.task_id, None, None, None)


def _call(event: ToolCalled | ToolReturned) -> tuple[SqlValue, ...]:
    key = (event.task_id, event.call_id, str(event.event_id))
    if isinstance(event, ToolCalled):
        return (*key, event.tool, json.dumps(event.arguments), None, None, None)
    return (*key, None, None, int(event.ok), event.result, event.duration_ms)
