"""What the transformer makes of a step: a line for the log of the task."""

from typing import Literal

from platform_app.agent_tasks.events import (
    AnyTaskEvent,
    TaskCompleted,
    TaskCreated,
    TaskFailed,
    ToolCalled,
    ToolReturned,
)
from platform_app.event import Event


class TaskNoted(Event):
    event_type: Literal["TaskNoted"] = "TaskNoted"
    task_id: str
    note: str


def derive(event: AnyTaskEvent) -> TaskNoted:
    return TaskNoted(
        event_id=event.event_id,
        occurred_at=event.occurred_at,
        task_id=event.task_id,
        note=_note(event),
    )


def _note(event: AnyTaskEvent) -> str:
    match event:
        case TaskCreated():
            return f"created: {event.goal}"
        case ToolCalled():
            return f"called: {event.tool}"
        case ToolReturned():
            return "returned: ok" if event.ok else "returned: error"
        case TaskCompleted():
            return f"completed: {event.summary}"
        case TaskFailed():
            return f"failed: {event.reason}"
