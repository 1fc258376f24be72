"""What to do with each batch of dead letters: whom to send again, and what may be committed."""

import logging
from collections.abc import Sequence

from platform_app.record import Outgoing, Partition, Record
from platform_app.replay.options import Options
from platform_app.replay.resend import belongs_to, resent

log = logging.getLogger(__name__)


class Plan:
    def __init__(self, topic: str, options: Options) -> None:
        self._topic = topic
        self._limit = options.limit
        self.dry_run = options.dry_run
        self.replayed = 0
        self.skipped = 0
        self.failed = 0
        self._batch: list[Record] = []
        self._own: list[Record] = []

    @property
    def finished(self) -> bool:
        """Before the dead letters are: by its limit, or by a failure."""
        return self.failed > 0 or self._left() == 0

    def take(self, batch: list[Record]) -> list[Outgoing]:
        """What is to be written; afterwards `done` wants to know what was."""
        self._batch = self._within_limit(batch)
        self._own = [record for record in self._batch if belongs_to(record, self._topic)]
        if self.dry_run:
            for record in self._own:
                log.info("Would be sent again.", extra=record.place)
            return []
        return [resent(record, self._topic) for record in self._own]

    def done(self, written: Sequence[bool]) -> dict[Partition, int]:
        """The offsets to commit: behind what was handled, before what could not be written."""
        left = []
        if not self.dry_run:
            left = [record for record, taken in zip(self._own, written, strict=True) if not taken]
        self.skipped += len(self._batch) - len(self._own)
        self.replayed += len(self._own) - len(left)
        self.failed += len(left)
        return {} if self.dry_run else _offsets(self._batch, left)

    def _left(self) -> int | None:
        return None if self._limit is None else self._limit - self.replayed

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


def _offsets(batch: list[Record], left: list[Record]) -> dict[Partition, int]:
    offsets: dict[Partition, int] = {}
    stuck = {(record.topic, record.partition): record.offset for record in reversed(left)}
    for record in batch:
        partition = (record.topic, record.partition)
        if record.offset < stuck.get(partition, record.offset + 1):
            offsets[partition] = record.offset + 1
    return offsets
