"""What the tests of several domains need: events into a store, questions over HTTP."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from starlette.testclient import TestClient

from notes import record
from platform_app.codec import decode
from platform_app.consumer.app import consumer_app
from platform_app.event import AnyDomain
from platform_app.metrics import ConsumerMetrics
from platform_app.store.events import Applied, EventStore, Received

OpenStore = Callable[[AnyDomain], EventStore]

DEFAULTS = {
    "eventId": "00000000-0000-4000-8000-000000000000",
    "occurredAt": "2026-01-01T12:00:00.000Z",
}


def event_json(number: int, event_type: str, **fields: Any) -> bytes:
    event_id = f"00000000-0000-4000-8000-{number:012d}"
    return json.dumps({**DEFAULTS, "eventId": event_id, "eventType": event_type, **fields}).encode()


def apply(domain: AnyDomain, store: EventStore, values: Iterable[bytes]) -> Applied:
    return store.apply(
        [
            Received(record(value, offset), decode(domain.events, value))
            for offset, value in enumerate(values)
        ]
    )


def questions(domain: AnyDomain, store: EventStore) -> TestClient:
    return TestClient(consumer_app(domain, store, ConsumerMetrics(), readiness=list))
