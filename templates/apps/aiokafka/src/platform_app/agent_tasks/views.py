"""GET /views/tasks and /views/tasks/{taskId}."""

import json
from typing import Any, Literal

from fastapi import APIRouter

from platform_app.store.session import Row
from platform_app.web.errors import not_found
from platform_app.web.views import Limit, Store

views = APIRouter()

Status = Literal["open", "completed", "failed"]
STATUS = "COALESCE(outcome, 'open')"


@views.get("/tasks")
def tasks(store: Store, status: Status | None = None, limit: Limit = 50) -> dict[str, Any]:
    clause, values = ("", []) if status is None else (f"WHERE {STATUS} = %s", [status])
    found = store.rows(
        f'SELECT task_id AS "taskId", {STATUS} AS status, goal '  # noqa: S608
        f"FROM tasks {clause} ORDER BY task_id LIMIT %s",
        *values,
        limit,
    )
    return {"tasks": found}


@views.get("/tasks/{task_id}")
def task(store: Store, task_id: str) -> dict[str, Any]:
    found = store.row(
        f'SELECT task_id AS "taskId", agent, goal, {STATUS} AS status '  # noqa: S608
        "FROM tasks WHERE task_id = %s",
        task_id,
    )
    if found is None:
        raise not_found(f"Task {task_id}")
    # As they arrived: agents' clocks don't agree, the offsets of a partition do.
    calls = store.rows(
        """
        SELECT c.call_id AS "callId", c.tool, c.arguments, c.ok, c.result,
          c.duration_ms AS "durationMs"
        FROM tool_calls c JOIN processed_events p ON p.event_id = c.first_event_id
        WHERE c.task_id = %s ORDER BY p.processed_at, p.record_offset
        """,
        task_id,
    )
    return {**found, "calls": [_call(call) for call in calls]}


def _call(row: Row) -> Row:
    """Null is what hasn't arrived."""
    arguments, ok = row["arguments"], row["ok"]
    return {
        **row,
        "arguments": None if arguments is None else json.loads(arguments),
        "ok": None if ok is None else bool(ok),
    }
