import pytest
from starlette.testclient import TestClient

from notes import noted, notes
from platform_app.codec import encode
from platform_app.store.events import EventStore
from platform_app.store.session import StoreUnavailable
from support import apply, questions


@pytest.fixture
def http(store: EventStore) -> TestClient:
    return questions(notes, store)


def test_an_applied_event_is_found_in_any_spelling_of_its_id(
    http: TestClient, store: EventStore
) -> None:
    event = noted("hello")
    apply(notes, store, [encode(event)])
    answer = http.get(f"/events/{str(event.event_id).upper()}")
    assert answer.status_code == 200
    assert answer.json()["event"]["text"] == "hello"


@pytest.mark.parametrize("event_id", ["00000000-0000-4000-8000-00000000dead", "no-uuid"])
def test_other_events_are_not_found(http: TestClient, event_id: str) -> None:
    answer = http.get(f"/events/{event_id}")
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_stats_and_views_tell_what_was_applied(http: TestClient, store: EventStore) -> None:
    assert http.get("/stats").json() == {"events": 0, "effects": 0}
    apply(notes, store, [encode(noted("hello"))])
    assert http.get("/stats").json() == {"events": 1, "effects": 1}
    assert http.get("/views/notes").json() == {"notes": [{"author": "ann", "text": "hello"}]}


def test_a_store_that_is_away_is_no_bug(
    http: TestClient, store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise StoreUnavailable("gone for lunch")

    monkeypatch.setattr(store, "stats", away)
    answer = http.get("/stats")
    assert (answer.status_code, answer.json()["error"]) == (503, "store_unavailable")
    assert "Retry-After" in answer.headers
