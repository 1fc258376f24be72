import json

import pytest

from notes import UNSPEAKABLE, noted, notes, record
from platform_app.codec import encode
from platform_app.domain import domain
from platform_app.sampling import Source
from platform_app.transformer.derivation import Derivation
from platform_app.transformer.settings import TransformerSettings


@pytest.fixture
def settings() -> TransformerSettings:
    return TransformerSettings(
        kafka_bootstrap_servers="broker:9092",
        kafka_topic="events",
        kafka_group_id="group",
        kafka_dead_letter_topic="dead",
        kafka_output_topic="derived",
        kafka_transactional_id="one",
    )


def test_a_derived_event_keeps_id_time_key_and_headers(settings: TransformerSettings) -> None:
    event = noted("hello")
    source = record(encode(event), event_type="Noted", correlation_id="c-1")
    (outgoing,) = Derivation(notes, settings).of([source], 1).outgoing
    assert (outgoing.topic, outgoing.key) == ("derived", b"ann")
    assert outgoing.headers == [("correlation-id", b"c-1"), ("event-type", b"Loudly")]
    value = json.loads(outgoing.value or b"")
    given = json.loads(source.value or b"")
    assert value == {
        "eventId": given["eventId"],
        "eventType": "Loudly",
        "occurredAt": given["occurredAt"],
        "text": "HELLO",
    }


def test_what_nothing_derives_from_is_a_dead_letter_in_its_place(
    settings: TransformerSettings,
) -> None:
    values = [encode(noted("a")), b"\xff", b"{}", encode(noted(UNSPEAKABLE)), encode(noted("b"))]
    derived = Derivation(notes, settings).of([record(v, i) for i, v in enumerate(values)], 3)
    assert [outgoing.topic for outgoing in derived.outgoing] == [
        "derived",
        "dead",
        "dead",
        "dead",
        "derived",
    ]
    assert [(letter.error_class, letter.attempts) for letter in derived.dead] == [
        ("Undecodable", 3),
        ("InvalidEvent", 3),
        ("HandlerFailed", 3),
    ]
    assert len(derived.events) == 2


def test_every_sample_has_a_derived_event_of_its_own(settings: TransformerSettings) -> None:
    events = domain.samples(Source(1))
    records = [record(encode(next(events)), offset) for offset in range(500)]
    derived = Derivation(domain, settings).of(records, 1)
    assert derived.dead == []
    ids = [json.loads(outgoing.value or b"")["eventId"] for outgoing in derived.events]
    assert ids == [json.loads(r.value or b"")["eventId"] for r in records]
