from typing import Any

import pytest

from platform_app.agent_tasks import domain
from platform_app.agent_tasks.derived import TaskNoted
from platform_app.codec import decode
from support import event_json


@pytest.mark.parametrize(
    ("event_type", "fields", "note"),
    [
        ("TaskCreated", {"agent": "a", "goal": "find out"}, "created: find out"),
        ("ToolCalled", {"callId": "1", "tool": "search", "arguments": {}}, "called: search"),
        (
            "ToolReturned",
            {"callId": "1", "ok": True, "result": "", "durationMs": 1},
            "returned: ok",
        ),
        (
            "ToolReturned",
            {"callId": "1", "ok": False, "result": "", "durationMs": 1},
            "returned: error",
        ),
        ("TaskCompleted", {"summary": "found"}, "completed: found"),
        ("TaskFailed", {"reason": "no budget"}, "failed: no budget"),
    ],
)
def test_each_step_is_a_note(event_type: str, fields: dict[str, Any], note: str) -> None:
    value = event_json(1, event_type, taskId="t-1", **fields)
    event = domain.derive(decode(domain.events, value))
    assert isinstance(event, TaskNoted)
    assert (event.task_id, event.note) == ("t-1", note)
