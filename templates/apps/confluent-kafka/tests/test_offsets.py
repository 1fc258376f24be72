from notes import record
from platform_app.consumer.offsets import Offsets


def taken(offsets: Offsets, partitions: set[tuple[str, int]] | None = None) -> dict[int, int]:
    return {number: offset for (_, number), offset in offsets.take(partitions).items()}


def test_the_offset_to_commit_is_the_next_one_to_read() -> None:
    offsets = Offsets()
    offsets.done([record(b"", 4), record(b"", 5), record(b"", 9, partition=1)])
    assert taken(offsets) == {0: 6, 1: 10}
    assert taken(offsets) == {}


def test_a_revoked_partition_is_taken_alone() -> None:
    offsets = Offsets()
    offsets.done([record(b"", 4), record(b"", 9, partition=1)])
    assert taken(offsets, {("events", 1)}) == {1: 10}
    assert taken(offsets) == {0: 5}


def test_a_failed_commit_never_turns_back_a_newer_offset() -> None:
    offsets = Offsets()
    offsets.done([record(b"", 4), record(b"", 9, partition=1)])
    failed = offsets.take()
    offsets.done([record(b"", 7)])
    offsets.put_back(failed)
    assert taken(offsets) == {0: 8, 1: 10}


def test_a_lost_partition_is_forgotten() -> None:
    offsets = Offsets()
    offsets.done([record(b"", 4)])
    offsets.forget({("events", 0), ("events", 1)})
    assert taken(offsets) == {}
