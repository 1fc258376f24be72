"""Which offsets may be committed: those behind effects, and no others."""

from collections.abc import Mapping

from platform_app.record import Partition, Record, offsets_after


class Offsets:
    def __init__(self) -> None:
        self._next: dict[Partition, int] = {}

    def done(self, records: list[Record]) -> None:
        self._next |= offsets_after(records)

    def take(self, partitions: set[Partition] | None = None) -> dict[Partition, int]:
        """What is to be committed now, of these partitions or of all; it is handed out once."""
        wanted = [p for p in self._next if partitions is None or p in partitions]
        return {partition: self._next.pop(partition) for partition in wanted}

    def put_back(self, offsets: Mapping[Partition, int]) -> None:
        """A commit failed. What was finished since is newer and stays."""
        for partition, offset in offsets.items():
            self._next.setdefault(partition, offset)

    def forget(self, partitions: set[Partition]) -> None:
        for partition in partitions:
            self._next.pop(partition, None)
