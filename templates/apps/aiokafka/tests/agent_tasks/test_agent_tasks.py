from typing import Any

import pytest

from platform_app.agent_tasks import domain
from platform_app.codec import InvalidEvent, decode
from support import OpenStore, apply, event_json, questions

CREATED = {"agent": "triage", "goal": "Answer ticket 7"}
CALLED = {"callId": "call-1", "tool": "search", "arguments": {"q": "ticket", "limit": 5}}
RETURNED = {"callId": "call-1", "ok": True, "result": "2 results", "durationMs": 12}


def step(number: int, event_type: str, **fields: Any) -> bytes:
    return event_json(number, event_type, **{"taskId": "t-1", **fields})


def test_the_key_is_the_task() -> None:
    assert domain.key(decode(domain.events, step(1, "TaskFailed", reason="no"))) == "t-1"


@pytest.mark.parametrize(
    "value",
    [
        step(1, "TaskForgotten"),
        step(1, "ToolCalled", **{**CALLED, "arguments": "q=ticket"}),
        step(1, "ToolReturned", **{**RETURNED, "ok": "yes"}),
        step(1, "ToolReturned", **{**RETURNED, "durationMs": -1}),
        step(1, "TaskCreated", agent="triage"),
    ],
)
def test_fields_out_of_range_are_invalid(value: bytes) -> None:
    with pytest.raises(InvalidEvent):
        decode(domain.events, value)


def test_a_task_is_put_together_from_its_events(open_store: OpenStore) -> None:
    store = open_store(domain)
    apply(
        domain,
        store,
        [
            step(9, "TaskCreated", **CREATED),
            step(5, "ToolCalled", **CALLED),
            step(6, "ToolReturned", **RETURNED),
            step(1, "ToolCalled", **{**CALLED, "callId": "call-0"}),
            step(2, "TaskCompleted", summary="done"),
            step(3, "TaskCreated", taskId="t-2", **CREATED),
        ],
    )
    http = questions(domain, store)
    assert http.get("/views/tasks/t-1").json() == {
        "taskId": "t-1",
        **CREATED,
        "status": "completed",
        "calls": [
            {**CALLED, **RETURNED},
            {**CALLED, "callId": "call-0", "ok": None, "result": None, "durationMs": None},
        ],
    }
    assert http.get("/views/tasks", params={"status": "open"}).json() == {
        "tasks": [{"taskId": "t-2", "status": "open", "goal": "Answer ticket 7"}]
    }
    assert len(http.get("/views/tasks").json()["tasks"]) == 2
    assert store.stats() == {"events": 6, "effects": 6}


def test_what_has_not_arrived_is_null_and_can_still_come(open_store: OpenStore) -> None:
    store = open_store(domain)
    http = questions(domain, store)
    apply(domain, store, [step(1, "ToolReturned", **RETURNED), step(2, "TaskFailed", reason="no")])
    task = http.get("/views/tasks/t-1").json()
    assert (task["agent"], task["goal"], task["status"]) == (None, None, "failed")
    assert task["calls"] == [{**RETURNED, "tool": None, "arguments": None}]
    apply(domain, store, [step(3, "TaskCreated", **CREATED), step(4, "ToolCalled", **CALLED)])
    task = http.get("/views/tasks/t-1").json()
    assert (task["agent"], task["status"]) == ("triage", "failed")
    assert task["calls"] == [{**CALLED, **RETURNED}]


def test_unknown_tasks_and_statuses_are_errors(open_store: OpenStore) -> None:
    http = questions(domain, open_store(domain))
    assert http.get("/views/tasks/t-9").status_code == 404
    assert http.get("/views/tasks", params={"status": "asleep"}).status_code == 422
