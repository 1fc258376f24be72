from typing import Any

import pytest

from platform_app.codec import InvalidEvent, decode
from platform_app.page_views import domain
from support import OpenStore, apply, event_json, questions

FIELDS = {"visitorId": "v-1", "referrer": None, "country": "DE", "durationMs": 5}


def viewed(number: int, page: str, occurred_at: str = "2026-01-01T12:00:10.000Z") -> bytes:
    return event_json(number, "PageViewed", **FIELDS, page=page, occurredAt=occurred_at)


def test_the_key_is_the_visitor() -> None:
    assert domain.key(decode(domain.events, viewed(1, "/"))) == "v-1"


@pytest.mark.parametrize(
    "change",
    [
        {"page": "home"},
        {"country": "DEU"},
        {"durationMs": -1},
        {"durationMs": 1.5},
        {"visitorId": ""},
    ],
)
def test_fields_out_of_range_are_invalid(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidEvent):
        decode(domain.events, event_json(1, "PageViewed", **{**FIELDS, "page": "/", **change}))


def test_views_are_counted_per_page_in_windows_of_a_minute(open_store: OpenStore) -> None:
    store = open_store(domain)
    minute = "2026-01-01T12:0"
    apply(
        domain,
        store,
        [
            viewed(1, "/a", f"{minute}0:00.000Z"),
            viewed(2, "/b", f"{minute}0:59.999Z"),
            viewed(3, "/b", f"{minute}0:30.000Z"),
            viewed(4, "/c", f"{minute}1:00.000Z"),
        ],
    )
    # Late, and counted where it belongs.
    apply(domain, store, [viewed(5, "/b", f"{minute}0:01.000Z")])
    http = questions(domain, store)
    first = http.get("/views/top-pages", params={"window": f"{minute}0Z"})
    assert first.json() == {
        "window": f"{minute}0Z",
        "pages": [{"page": "/b", "views": 3}, {"page": "/a", "views": 1}],
    }
    assert http.get("/views/top-pages").json() == {
        "window": f"{minute}1Z",
        "pages": [{"page": "/c", "views": 1}],
    }
    top = http.get("/views/top-pages", params={"window": f"{minute}0:42.123Z", "limit": 1})
    assert top.json()["pages"] == [{"page": "/b", "views": 3}]
    assert store.stats() == {"events": 5, "effects": 5}


def test_without_events_there_is_no_window(open_store: OpenStore) -> None:
    http = questions(domain, open_store(domain))
    assert http.get("/views/top-pages").json() == {"window": None, "pages": []}


def test_a_wrong_window_is_the_callers_mistake(open_store: OpenStore) -> None:
    http = questions(domain, open_store(domain))
    answer = http.get("/views/top-pages", params={"window": "noon"})
    assert (answer.status_code, answer.json()["error"]) == (422, "invalid_request")
