from typing import Any

import pytest
from starlette.testclient import TestClient

from platform_app.audit import domain
from platform_app.codec import InvalidEvent, decode
from support import OpenStore, apply, event_json, questions

FIELDS = {
    "actor": "ann",
    "action": "document.read",
    "resource": "documents/7",
    "outcome": "success",
    "sourceIp": "10.0.0.1",
    "service": "archive",
    "details": "by API token",
}


def recorded(number: int, **changes: Any) -> bytes:
    return event_json(number, "AuditRecorded", **{**FIELDS, **changes})


def found(http: TestClient, **asked: str) -> list[str]:
    answer = http.get("/views/entries", params=asked)
    return [entry["eventId"][-1] for entry in answer.json()["entries"]]


def test_the_key_is_the_actor() -> None:
    assert domain.key(decode(domain.events, recorded(1))) == "ann"


@pytest.mark.parametrize(
    "changes", [{"action": "read"}, {"outcome": "maybe"}, {"actor": ""}, {"details": None}]
)
def test_fields_out_of_range_are_invalid(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidEvent):
        decode(domain.events, recorded(1, **changes))


@pytest.fixture
def http(open_store: OpenStore) -> TestClient:
    store = open_store(domain)
    apply(
        domain,
        store,
        [
            recorded(1, occurredAt="2026-01-01T12:00:01.000Z"),
            recorded(2, occurredAt="2026-01-01T12:00:03.000Z", actor="ben", outcome="denied"),
            recorded(3, occurredAt="2026-01-01T12:00:02.000Z", details="100% Sure_thing"),
        ],
    )
    assert store.stats() == {"events": 3, "effects": 3}
    return questions(domain, store)


def test_entries_come_newest_first(http: TestClient) -> None:
    assert found(http) == ["2", "3", "1"]
    assert found(http, limit="1") == ["2"]


def test_entries_are_found_by_actor_outcome_and_text(http: TestClient) -> None:
    assert found(http, actor="ben") == ["2"]
    assert found(http, outcome="success") == ["3", "1"]
    assert found(http, q="SURE", outcome="success") == ["3"]
    assert found(http, q="document") == ["2", "3", "1"]


def test_a_search_is_for_text_and_no_pattern(http: TestClient) -> None:
    assert found(http, q="100%") == ["3"]
    assert found(http, q="e_t") == ["3"]
    assert found(http, q="%") == ["3"]
    assert found(http, q="!") == []


def test_an_entry_is_the_event(http: TestClient) -> None:
    entry = http.get("/views/entries", params={"actor": "ben"}).json()["entries"][0]
    assert {name: entry[name] for name in FIELDS} == {**FIELDS, "actor": "ben", "outcome": "denied"}
