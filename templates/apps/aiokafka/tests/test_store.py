from pathlib import Path

import pytest

from notes import UNSPEAKABLE, Noted, noted, notes, record
from platform_app.codec import encode
from platform_app.store.database import database_of
from platform_app.store.events import ROWS_PER_INSERT, EventStore, Received
from platform_app.store.session import StoreUnavailable


def received(event: Noted, offset: int = 0) -> Received:
    return Received(record(encode(event), offset, correlation_id=f"c-{offset}"), event)


def texts(store: EventStore) -> list[str]:
    return [row["text"] for row in store.rows("SELECT text FROM notes")]


def test_an_event_is_applied_once_however_often_it_comes(store: EventStore) -> None:
    event = noted("once")
    again = noted("again")
    first = store.apply([received(event), received(event, 1)])
    second = store.apply([received(event, 2), received(again, 3)])
    assert (len(first.applied), first.duplicates) == (1, 1)
    assert ([a.event for a in second.applied], second.duplicates) == ([again], 1)
    assert texts(store) == ["once", "again"]
    assert store.stats() == {"events": 2, "effects": 2}


def test_an_event_that_fails_takes_no_other_along(store: EventStore) -> None:
    batch = [received(noted(text), i) for i, text in enumerate(["a", UNSPEAKABLE, "b", "a"])]
    result = store.apply(batch)
    assert [str(cause) for _, cause in result.failed] == ["nobody may note that"]
    assert (len(result.applied), result.duplicates) == (2, 1)
    # In order, without what the failed one had written, and open for it to be sent again.
    assert texts(store) == ["a", "b"]
    assert store.stats() == {"events": 2, "effects": 2}
    assert store.find(batch[1].id) is None


def test_a_batch_may_be_larger_than_one_statement_takes(store: EventStore) -> None:
    batch = [received(noted(f"note {i}"), i) for i in range(2 * ROWS_PER_INSERT + 1)]
    assert len(store.apply(batch).applied) == len(batch)
    assert texts(store) == [f"note {i}" for i in range(len(batch))]


def test_an_applied_event_is_found_with_its_place(store: EventStore) -> None:
    event = noted("where am I")
    store.apply([received(event, 7)])
    found = store.find(str(event.event_id))
    assert found is not None
    assert found.pop("processedAt").endswith("Z")
    assert found.pop("event")["text"] == "where am I"
    assert found == {"topic": "events", "partition": 0, "offset": 7, "correlationId": "c-7"}


def test_effects_survive_the_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deep/er/store.db"
    first = EventStore(database_of(url), notes)
    first.apply([received(noted("kept"))])
    first.close()
    second = EventStore(database_of(url), notes)
    assert second.apply([received(noted("kept"))]).duplicates == 1
    second.close()


def test_a_store_that_cannot_be_opened_is_unavailable_and_returns(tmp_path: Path) -> None:
    in_the_way = tmp_path / "folder"
    in_the_way.write_text("a file")
    store = EventStore(database_of(f"sqlite:///{in_the_way}/store.db"), notes)
    with pytest.raises(StoreUnavailable):
        store.apply([received(noted("later"))])
    in_the_way.unlink()
    assert len(store.apply([received(noted("later"))]).applied) == 1
    store.close()


def test_questions_do_not_wait_for_a_transaction_under_way(
    store: EventStore, tmp_path: Path
) -> None:
    store.apply([received(noted("before"))])
    store.stats()
    other = database_of(f"sqlite:///{tmp_path}/store.db").connect()
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO notes VALUES ('ben', 'not yet')")
    assert store.stats() == {"events": 1, "effects": 1}
    other.close()


def test_a_wrong_statement_is_a_bug_and_no_outage(store: EventStore) -> None:
    with pytest.raises(Exception, match="no such table") as error:
        store.rows("SELECT * FROM nowhere")
    assert not isinstance(error.value, StoreUnavailable)
