import pytest

from notes import record
from platform_app.dead_letters import DeadLetter
from platform_app.record import Outgoing, Partition, Record
from platform_app.replay.options import Options, parse
from platform_app.replay.plan import Plan
from platform_app.replay.resend import resent


def dead(offset: int, topic: str = "events", partition: int = 0) -> Record:
    return Record(
        "dead", partition, offset, 1, b"ann", b"v", [("dlq-original-topic", topic.encode())]
    )


class DeadLetters:
    """Two batches of them, and what became of them."""

    def __init__(self, limit: int | None = None, dry_run: bool = False) -> None:
        self.written: list[Outgoing] = []
        self.committed: dict[Partition, int] = {}
        self.unwritable: set[bytes] = set()
        self.plan = Plan("events", Options(limit, dry_run))

    def run(self, *batches: list[Record]) -> tuple[int, int, int]:
        for batch in batches:
            outgoing = self.plan.take(batch)
            taken = [record.headers[-1][1] not in self.unwritable for record in outgoing]
            self.written += [record for record, ok in zip(outgoing, taken, strict=True) if ok]
            self.committed |= self.plan.done(taken)
            if self.plan.finished:
                break
        return self.plan.replayed, self.plan.skipped, self.plan.failed


def test_a_dead_letter_is_sent_as_it_came_with_the_place_it_lay_at() -> None:
    came = record(b"\xff", 42, 3, correlation_id="c-1", replayed_from="dead/0/1")
    letter = DeadLetter(came, "Undecodable", "no", 1).outgoing("dead", "group")
    lying = Record("dead", 2, 7, 1, letter.key, letter.value, letter.headers)
    assert resent(lying, "events") == Outgoing(
        "events", b"ann", b"\xff", [("correlation-id", b"c-1"), ("replayed-from", b"dead/2/7")]
    )


def test_all_are_sent_and_committed_and_those_of_other_topics_skipped() -> None:
    letters = DeadLetters()
    assert letters.run([dead(0), dead(1, "other")], [dead(2), dead(5, partition=1)]) == (3, 1, 0)
    assert letters.committed == {("dead", 0): 3, ("dead", 1): 6}


def test_a_dry_run_writes_and_commits_nothing() -> None:
    letters = DeadLetters(dry_run=True)
    assert letters.run([dead(0), dead(1, "other")]) == (1, 1, 0)
    assert (letters.written, letters.committed) == ([], {})


def test_a_limit_ends_the_run_behind_the_last_that_was_sent() -> None:
    letters = DeadLetters(limit=2)
    assert letters.run([dead(0), dead(1, "other")], [dead(2), dead(3)], [dead(4)]) == (2, 1, 0)
    assert letters.committed == {("dead", 0): 3}


def test_offsets_stop_before_a_record_that_could_not_be_written() -> None:
    letters = DeadLetters()
    letters.unwritable = {b"dead/0/1"}
    batches = [dead(0), dead(1), dead(2), dead(4, partition=1)], [dead(3)]
    assert letters.run(*batches) == (3, 0, 1)
    assert letters.committed == {("dead", 0): 1, ("dead", 1): 5}


def test_options_are_few_and_checked() -> None:
    assert parse([]) == Options(limit=None, dry_run=False)
    assert parse(["--limit", "3", "--dry-run"]) == Options(limit=3, dry_run=True)
    with pytest.raises(SystemExit):
        parse(["--limit", "0"])
