import pytest

from platform_app.backoff import delay


@pytest.mark.parametrize(
    ("attempt", "ceiling"), [(1, 0.2), (2, 0.4), (5, 3.2), (7, 10), (100_000, 10)]
)
def test_waits_grow_within_bounds_and_differ(attempt: int, ceiling: float) -> None:
    delays = [delay(attempt) for _ in range(200)]
    assert min(delays) >= 0.1
    assert max(delays) <= ceiling
    assert max(delays) > ceiling * 0.7
    assert len(set(delays)) > 100
