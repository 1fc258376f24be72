"""Batch by batch: read, send again, and commit what was acknowledged."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from platform_app.record import Outgoing, Partition, Record
from platform_app.replay.options import Options
from platform_app.replay.resend import belongs_to, resent

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Outcome:
    replayed: int = 0
    skipped: int = 0
    failed: int = 0


class Replay:
    def __init__(
        self,
        topic: str,
        options: Options,
        write: Callable[[Sequence[Outgoing]], list[bool]],
        commit: Callable[[dict[Partition, int]], None],
    ) -> None:
        self._topic = topic
        self._options = options
        self._write = write
        self._commit = commit
        self.outcome = Outcome()

    def run(self, batches: Iterable[list[Record]], stopped: Callable[[], bool]) -> None:
        for batch in batches:
            self._handle(self._within_limit(batch))
            if stopped() or self.outcome.failed or self._left() == 0:
                break

    def _left(self) -> int | None:
        limit = self._options.limit
        return None if limit is None else limit - self.outcome.replayed

    def _within_limit(self, batch: list[Record]) -> list[Record]:
        """Up to the last record that may be sent; those to skip cost nothing."""
        left = self._left()
        if left is None:
            return batch
        taken: list[Record] = []
        for record in batch:
            left -= belongs_to(record, self._topic)
            if left < 0:
                break
            taken.append(record)
        return taken

    def _handle(self, batch: list[Record]) -> None:
        own = [record for record in batch if belongs_to(record, self._topic)]
        self.outcome.skipped += len(batch) - len(own)
        if self._options.dry_run:
            for record in own:
                log.info("Would be sent again.", extra=record.place)
            self.outcome.replayed += len(own)
            return
        taken = self._write([resent(record, self._topic) for record in own])
        left = [record for record, written in zip(own, taken, strict=True) if not written]
        self.outcome.replayed += len(own) - len(left)
        self.outcome.failed += len(left)
        self._commit(_offsets(batch, left))


def _offsets(batch: list[Record], left: list[Record]) -> dict[Partition, int]:
    """Behind what was handled, and in no partition beyond a record that was not written."""
    offsets: dict[Partition, int] = {}
    stuck = set()
    for record in batch:
        partition = (record.topic, record.partition)
        if record in left:
            stuck.add(partition)
        elif partition not in stuck:
            offsets[partition] = record.offset + 1
    return offsets
