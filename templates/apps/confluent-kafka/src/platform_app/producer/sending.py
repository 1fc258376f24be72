"""What the HTTP interface needs to know about sending."""

from dataclasses import dataclass
from typing import Protocol

from platform_app.record import Headers


@dataclass(frozen=True, slots=True)
class Delivery:
    topic: str
    partition: int
    offset: int


class Sender(Protocol):
    async def send(self, key: bytes, value: bytes, headers: Headers) -> Delivery:
        """Raises NotSent."""
