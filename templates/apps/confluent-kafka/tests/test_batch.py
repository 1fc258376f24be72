import pytest

from notes import UNSPEAKABLE, noted, notes, record
from platform_app.codec import encode
from platform_app.consumer.batch import Batch, BatchProcessor
from platform_app.dead_letters import DeadLetter
from platform_app.metrics import ConsumerMetrics
from platform_app.record import Record
from platform_app.store.events import EventStore
from platform_app.store.session import StoreUnavailable


class Harness:
    """A processor, and a dead letter topic that takes what a test lets it take."""

    def __init__(self, store: EventStore) -> None:
        self.metrics = ConsumerMetrics()
        self.accepting = True
        self.buried: list[DeadLetter] = []
        self.processor = BatchProcessor(notes, store, self.metrics)

    def process(self, batch: Batch) -> bool:
        self.processor.apply(batch)
        if self.accepting:
            self.buried += batch.dead
        self.processor.buried(batch, [self.accepting] * len(batch.dead))
        return not batch.dead

    def count(self, name: str, **labels: str) -> float:
        return self.metrics.registry.get_sample_value(name, labels) or 0


@pytest.fixture
def harness(store: EventStore) -> Harness:
    return Harness(store)


def records(*values: bytes | None) -> list[Record]:
    return [record(value, offset) for offset, value in enumerate(values)]


def test_poison_is_buried_by_kind_and_the_rest_applied(harness: Harness, store: EventStore) -> None:
    batch = Batch(
        records(
            b"\xff", encode(noted("good")), b'{"eventType":"?"}', encode(noted(UNSPEAKABLE)), None
        )
    )
    assert harness.process(batch)
    assert [(d.record.offset, d.error_class, d.attempts) for d in harness.buried] == [
        (0, "Undecodable", 1),
        (2, "InvalidEvent", 1),
        (4, "Undecodable", 1),
        (3, "HandlerFailed", 1),
    ]
    assert harness.buried[3].message == "Refused: nobody may note that"
    assert store.stats() == {"events": 1, "effects": 1}
    assert harness.count("app_events_dead_lettered_total", error_class="Undecodable") == 2
    assert harness.count("app_events_applied_total", event_type="Noted") == 1


def test_a_batch_whose_dead_letters_wait_is_not_applied_again(harness: Harness) -> None:
    harness.accepting = False
    batch = Batch(records(b"poison", encode(noted("good"))))
    assert not harness.process(batch)
    assert harness.count("app_events_dead_lettered_total", error_class="Undecodable") == 0
    harness.accepting = True
    assert harness.process(batch)
    assert len(harness.buried) == 1
    assert harness.count("app_events_duplicate_total") == 0
    assert harness.count("app_events_retried_total") == 2


def test_a_store_that_is_away_makes_no_dead_letters(
    harness: Harness, store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise StoreUnavailable("gone for lunch")

    batch = Batch(records(b"poison", encode(noted("good"))))
    with monkeypatch.context() as patch:
        patch.setattr(store, "apply", away)
        with pytest.raises(StoreUnavailable):
            harness.process(batch)
    assert harness.buried == []
    assert harness.process(batch)
    assert [letter.attempts for letter in harness.buried] == [2]
    assert harness.count("app_events_retried_total") == 2


def test_a_batch_forgets_what_another_member_reads_now() -> None:
    mine, theirs = record(b"x", partition=0), record(b"y", partition=1)
    batch = Batch([mine, theirs], dead=[DeadLetter(theirs, "Undecodable", "no", 1)])
    batch.forget({("events", 1)})
    assert batch.records == [mine]
    assert batch.dead == []
