"""Applies batches to the store, each event once, and answers what has been applied."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from platform_app.event import AnyDomain, Event
from platform_app.moment import now_iso
from platform_app.record import Record
from platform_app.store.database import Database
from platform_app.store.session import Row, Session, SqlValue, StoreUnavailable, Transaction

PROCESSED_EVENTS = """
CREATE TABLE IF NOT EXISTS processed_events (
  event_id TEXT PRIMARY KEY,
  event_type TEXT NOT NULL,
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  record_offset BIGINT NOT NULL,
  correlation_id TEXT,
  payload TEXT NOT NULL,
  processed_at TEXT NOT NULL
)
"""
COLUMNS = (
    "event_id, event_type, topic, partition, record_offset, correlation_id, payload, processed_at"
)
ROW = "(%s, %s, %s, %s, %s, %s, %s, %s)"
# Databases bound the values of one statement: 32,766 in SQLite, 65,535 in PostgreSQL.
ROWS_PER_INSERT = 500


@dataclass(frozen=True, slots=True)
class Received:
    """An event, and the record it came in."""

    record: Record
    event: Event

    @property
    def id(self) -> str:
        return str(self.event.event_id)


@dataclass(slots=True)
class Applied:
    applied: list[Received] = field(default_factory=list)
    duplicates: int = 0
    failed: list[tuple[Received, Exception]] = field(default_factory=list)


class EventStore:
    def __init__(self, database: Database, domain: AnyDomain) -> None:
        tables = (PROCESSED_EVENTS, *domain.tables)
        self._database = database
        self._domain = domain
        # One connection writes, one reads: questions over HTTP don't hold up the consumer.
        self._writer = Session(database, tables, begin=database.begin_writing)
        self._reader = Session(database, tables, begin="BEGIN")

    def apply(self, batch: Sequence[Received]) -> Applied:
        """All of it in one transaction. Raises StoreUnavailable, and then nothing is done."""
        try:
            return self._apply_together(batch)
        except StoreUnavailable:
            raise
        except Exception:
            # One of them fails. Which one shows when each has a savepoint of its own,
            # which is slower and therefore not how the batch begins.
            return self._apply_one_by_one(batch)

    def find(self, event_id: str) -> dict[str, Any] | None:
        found = self.row("SELECT * FROM processed_events WHERE event_id = %s", event_id)
        return found and {
            "event": json.loads(found["payload"]),
            "topic": found["topic"],
            "partition": found["partition"],
            "offset": found["record_offset"],
            "correlationId": found["correlation_id"],
            "processedAt": found["processed_at"],
        }

    def stats(self) -> dict[str, int]:
        # One statement, so that both numbers are of the same moment.
        row = self.row(
            f"SELECT (SELECT COUNT(*) FROM processed_events) AS events, "  # noqa: S608
            f"({self._domain.effects}) AS effects"
        )
        return {name: int(count or 0) for name, count in (row or {}).items()}

    def rows(self, statement: str, *values: SqlValue) -> list[Row]:
        with self._reader.transaction() as transaction:
            return transaction.rows(statement, *values)

    def row(self, statement: str, *values: SqlValue) -> Row | None:
        return next(iter(self.rows(statement, *values)), None)

    def close(self) -> None:
        self._writer.close()
        self._reader.close()

    def _apply_together(self, batch: Sequence[Received]) -> Applied:
        with self._writer.transaction() as transaction:
            fresh = _claim(transaction, batch)
            self._domain.apply(transaction, [received.event for received in fresh])
        return Applied(applied=fresh, duplicates=len(batch) - len(fresh))

    def _apply_one_by_one(self, batch: Sequence[Received]) -> Applied:
        result = Applied()
        with self._writer.transaction() as transaction:
            for received in batch:
                try:
                    with transaction.savepoint():
                        if fresh := _claim(transaction, [received]):
                            self._domain.apply(transaction, [received.event])
                except Exception as error:
                    if self._database.unavailable(error):
                        raise
                    result.failed.append((received, error))
                else:
                    result.applied += fresh
                    result.duplicates += 1 - len(fresh)
        return result


def _claim(transaction: Transaction, batch: Sequence[Received]) -> list[Received]:
    """Remembers the events of the batch and returns those that weren't known, in order."""
    fresh: list[Received] = []
    processed_at = now_iso()
    for start in range(0, len(batch), ROWS_PER_INSERT):
        part = batch[start : start + ROWS_PER_INSERT]
        inserted = transaction.rows(
            f"INSERT INTO processed_events ({COLUMNS}) VALUES {', '.join([ROW] * len(part))} "  # noqa: S608
            "ON CONFLICT (event_id) DO NOTHING RETURNING event_id",
            *(value for received in part for value in _row(received, processed_at)),
        )
        new = {row["event_id"] for row in inserted}
        for received in part:
            if received.id in new:
                # Removed, because the batch may hold the same event twice.
                new.remove(received.id)
                fresh.append(received)
    return fresh


def _row(received: Received, processed_at: str) -> tuple[SqlValue, ...]:
    record = received.record
    return (
        received.id,
        received.event.event_type,
        record.topic,
        record.partition,
        record.offset,
        record.header("correlation-id"),
        (record.value or b"").decode(),
        processed_at,
    )
