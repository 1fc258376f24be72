"""The source of everything random in sample events: same seed, same events, on any day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from random import Random
from typing import TypeVar
from uuid import UUID

# Fixed, so that a rerun produces the same times and the consumer sees duplicates.
EPOCH = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
MEAN_GAP_MS = 150
LATE_SHARE = 0.01

# How many other events come before the second copy of one.
LATEST_DUPLICATE = 200

T = TypeVar("T")


class Source:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._now = EPOCH

    def event_id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def occurred_at(self) -> datetime:
        """Moves on with every event; now and then one is minutes late, as phones in tunnels are."""
        gap = timedelta(milliseconds=1 + int(self.random.expovariate(1 / MEAN_GAP_MS)))
        self._now += gap
        if self.random.random() < LATE_SHARE:
            return self._now - timedelta(seconds=self.random.randint(120, 600))
        return self._now

    def skewed(self, count: int) -> int:
        """An index below `count`; a tenth of them gets about half of the draws, as real keys do."""
        return int(count * self.random.random() ** 3.3)

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.skewed(len(choices))]

    def reference(self, prefix: str) -> str:
        return f"{prefix}-{self.random.getrandbits(40):010x}"

    def chance(self, share: float) -> bool:
        return self.random.random() < share


def with_duplicates(events: Iterable[T], count: int, percent: float, seed: int) -> Iterator[T]:
    """As a producer sends them that missed an acknowledgement. The events themselves stay."""
    random = Random(seed)
    chosen = {*random.sample(range(count), round(count * percent / 100))}
    due: list[tuple[int, int, T]] = []
    for number, event in enumerate(events):
        yield event
        if number in chosen:
            heappush(due, (number + random.randint(1, LATEST_DUPLICATE), number, event))
        while due and due[0][0] <= number:
            yield heappop(due)[2]
    yield from (heappop(due)[2] for _ in range(len(due)))
