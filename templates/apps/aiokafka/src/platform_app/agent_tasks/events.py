"""The events as they are on the topic."""

from typing import Annotated, Literal

from pydantic import Field

from platform_app.event import Count, Event, Identifier, JsonObject


class TaskEvent(Event):
    task_id: Identifier


class TaskCreated(TaskEvent):
    event_type: Literal["TaskCreated"]
    agent: Identifier
    goal: str


class ToolCalled(TaskEvent):
    event_type: Literal["ToolCalled"]
    call_id: Identifier
    tool: Identifier
    arguments: JsonObject


class ToolReturned(TaskEvent):
    event_type: Literal["ToolReturned"]
    call_id: Identifier
    ok: bool
    result: str
    duration_ms: Count


class TaskCompleted(TaskEvent):
    event_type: Literal["TaskCompleted"]
    summary: str


class TaskFailed(TaskEvent):
    event_type: Literal["TaskFailed"]
    reason: str


AnyTaskEvent = Annotated[
    TaskCreated | ToolCalled | ToolReturned | TaskCompleted | TaskFailed,
    Field(discriminator="event_type"),
]
