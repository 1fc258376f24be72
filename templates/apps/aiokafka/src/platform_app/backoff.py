"""How long to wait before the next try."""

import random

FIRST_SECONDS = 0.1
LONGEST_SECONDS = 10.0


def delay(attempt: int) -> float:
    """Doubles with each attempt. Full jitter above the floor: consumers don't return in step."""
    ceiling = min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(attempt, 10))
    return random.uniform(FIRST_SECONDS, ceiling)  # noqa: S311
