"""Agents at work on several tasks at once: some call one tool and are done, some dig for long."""

from collections.abc import Iterator
from dataclasses import dataclass

from platform_app.agent_tasks.events import (
    AnyTaskEvent,
    TaskCompleted,
    TaskCreated,
    TaskFailed,
    ToolCalled,
    ToolReturned,
)
from platform_app.event import JsonObject
from platform_app.sampling import Source

MOST_OPEN = 30
AGENTS = ("support-triage", "invoice-matcher", "release-notes", "data-steward", "on-call-helper")
GOALS = (
    "Find out why invoice {} was charged twice",
    "Draft an answer to ticket {}",
    "Summarise the changes since release {}",
    "Match payment {} with its order",
    "Explain the alert on service {}",
)
TOOLS = ("search_tickets", "query_orders", "read_document", "send_draft", "run_report")
FAILURES = ("budget of tool calls spent", "no permission for the account", "nothing to go by")
END_SHARE = 0.22
FAILED_SHARE = 0.15


@dataclass(slots=True)
class Open:
    task_id: str
    calls: int = 0
    waiting_for: str | None = None


def samples(source: Source) -> Iterator[AnyTaskEvent]:
    open_tasks: list[Open] = []
    while True:
        if len(open_tasks) < MOST_OPEN and (not open_tasks or source.chance(0.15)):
            task = Open(source.reference("task"))
            open_tasks.append(task)
            yield _created(source, task)
            continue
        index = source.skewed(len(open_tasks))
        task = open_tasks[index]
        if task.waiting_for is not None:
            yield _returned(source, task, task.waiting_for)
            task.waiting_for = None
        elif task.calls and source.chance(END_SHARE):
            del open_tasks[index]
            yield _ended(source, task)
        else:
            task.calls += 1
            task.waiting_for = f"call-{task.calls}"
            yield _called(source, task, task.waiting_for)


def _created(source: Source, task: Open) -> TaskCreated:
    return TaskCreated(
        event_id=source.event_id(),
        event_type="TaskCreated",
        occurred_at=source.occurred_at(),
        task_id=task.task_id,
        agent=source.pick(AGENTS),
        goal=source.pick(GOALS).format(source.random.randint(1000, 9999)),
    )


def _called(source: Source, task: Open, call_id: str) -> ToolCalled:
    arguments: JsonObject = {
        "query": f"reference {source.random.randint(1000, 9999)}",
        "limit": 5 * (1 + source.skewed(4)),
    }
    return ToolCalled(
        event_id=source.event_id(),
        event_type="ToolCalled",
        occurred_at=source.occurred_at(),
        task_id=task.task_id,
        call_id=call_id,
        tool=source.pick(TOOLS),
        arguments=arguments,
    )


def _returned(source: Source, task: Open, call_id: str) -> ToolReturned:
    ok = not source.chance(0.1)
    return ToolReturned(
        event_id=source.event_id(),
        event_type="ToolReturned",
        occurred_at=source.occurred_at(),
        task_id=task.task_id,
        call_id=call_id,
        ok=ok,
        result=f"{source.skewed(20)} results" if ok else "the tool timed out",
        duration_ms=int(source.random.lognormvariate(6, 1)),
    )


def _ended(source: Source, task: Open) -> TaskCompleted | TaskFailed:
    if source.chance(FAILED_SHARE):
        return TaskFailed(
            event_id=source.event_id(),
            event_type="TaskFailed",
            occurred_at=source.occurred_at(),
            task_id=task.task_id,
            reason=source.pick(FAILURES),
        )
    return TaskCompleted(
        event_id=source.event_id(),
        event_type="TaskCompleted",
        occurred_at=source.occurred_at(),
        task_id=task.task_id,
        summary=f"Done after {task.calls} tool calls.",
    )
