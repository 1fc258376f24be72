"""A domain of the tests' own, so that the common code is tested whatever this project is about."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import TypeAdapter

from platform_app.event import Domain, Event, Identifier, Refused
from platform_app.record import Record
from platform_app.sampling import Source
from platform_app.store.session import Transaction
from platform_app.web.views import Store

UNSPEAKABLE = "unspeakable"


class Noted(Event):
    event_type: Literal["Noted"]
    author: Identifier
    text: str


class Loudly(Event):
    """Derived from a note."""

    event_type: Literal["Loudly"] = "Loudly"
    text: str


def derive(event: Noted) -> Loudly:
    if event.text == UNSPEAKABLE:
        raise Refused("nobody may say that")
    return Loudly(event_id=event.event_id, occurred_at=event.occurred_at, text=event.text.upper())


def apply(transaction: Transaction, events: Sequence[Noted]) -> None:
    for event in events:
        transaction.execute("INSERT INTO notes VALUES (%s, %s)", event.author, event.text)
        # After the write, so that a test sees whether it is undone.
        if event.text == UNSPEAKABLE:
            raise Refused("nobody may note that")


def samples(source: Source) -> Iterator[Noted]:
    while True:
        yield Noted(
            event_id=source.event_id(),
            event_type="Noted",
            occurred_at=source.occurred_at(),
            author=source.pick(("ann", "ben", "cem")),
            text=source.reference("note"),
        )


views = APIRouter()


@views.get("/notes")
def all_notes(store: Store) -> dict[str, Any]:
    return {"notes": store.rows("SELECT author, text FROM notes")}


notes = Domain(
    events=TypeAdapter(Noted),
    key=lambda event: event.author,
    tables=("CREATE TABLE IF NOT EXISTS notes (author TEXT NOT NULL, text TEXT NOT NULL)",),
    apply=apply,
    effects="SELECT COUNT(*) FROM notes",
    derive=derive,
    views=views,
    samples=samples,
)


def noted(text: str, author: str = "ann", source: Source | None = None) -> Noted:
    source = source or Source(hash_of(text, author))
    return Noted(
        event_id=source.event_id(),
        event_type="Noted",
        occurred_at=source.occurred_at(),
        author=author,
        text=text,
    )


def hash_of(*parts: str) -> int:
    return int.from_bytes("".join(parts).encode())


def record(value: bytes | None, offset: int = 0, partition: int = 0, **headers: str) -> Record:
    pairs: list[tuple[str, bytes | None]] = [
        (name.replace("_", "-"), text.encode()) for name, text in headers.items()
    ]
    return Record("events", partition, offset, 1_767_225_600_000, b"ann", value, pairs)
