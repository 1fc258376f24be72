import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import pytest
from aiokafka.errors import CommitFailedError

from kafka.fakes import Consumer, until
from notes import noted, notes, record
from platform_app.codec import encode
from platform_app.record import Outgoing, Partition
from platform_app.shutdown import Shutdown
from platform_app.transformer.derivation import Derivation
from platform_app.transformer.loop import TransformerLoop
from platform_app.transformer.metrics import TransformerMetrics
from platform_app.transformer.settings import TransformerSettings
from platform_app.transformer.tally import Tally


class Transactions:
    """Commits, unless told to abort a few times; a member's proof is asked for."""

    def __init__(self) -> None:
        self.aborts = 0
        self.committed: list[tuple[list[bytes | None], dict[Partition, int]]] = []
        self.closed = False

    async def start(self, _: Shutdown) -> None:
        pass

    async def close(self) -> None:
        self.closed = True

    async def commit(
        self,
        records: Sequence[Outgoing],
        offsets: dict[Partition, int],
        _: str,
        is_member: Callable[[], Awaitable[bool]],
    ) -> bool:
        if not await is_member() or self.aborts > 0:
            self.aborts -= 1
            return False
        self.committed.append(([r.key for r in records], offsets))
        return True


def play(scenario: Callable[..., Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        consumer, transactions = Consumer(), Transactions()
        settings = TransformerSettings(
            kafka_bootstrap_servers="broker:9092",
            kafka_topic="events",
            kafka_group_id="group",
            kafka_dead_letter_topic="dead",
            kafka_output_topic="derived",
            kafka_transactional_id="one",
        )
        tally = Tally(TransformerMetrics())
        shutdown = Shutdown()
        loop = TransformerLoop(
            lambda: consumer,
            settings,
            transactions,  # type: ignore[arg-type]
            Derivation(notes, settings),
            tally,
            shutdown,
        )
        running = asyncio.create_task(loop.run())
        await until(lambda: consumer._listener is not None)
        await consumer.rebalance(0)
        await scenario(consumer, transactions, tally)
        shutdown.request()
        await asyncio.wait_for(running, 5)
        assert transactions.closed

    asyncio.run(run())


def test_records_and_their_offsets_are_one_transaction() -> None:
    async def scenario(consumer: Consumer, transactions: Transactions, tally: Tally) -> None:
        consumer.given = [record(encode(noted("a")), 4), record(b"\xff", 5)]
        await until(lambda: tally.transformed == 1)
        assert transactions.committed == [([b"ann", b"ann"], {("events", 0): 6})]
        assert tally.dead_lettered == 1
        # The proof of membership commits where the records begin, and no further.
        assert consumer.commits == [{0: 4}]

    play(scenario)


def test_an_aborted_transaction_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(consumer: Consumer, transactions: Transactions, tally: Tally) -> None:
        transactions.aborts = 2
        consumer.given = [record(encode(noted("a")), 4)]
        await until(lambda: len(consumer.paused) == 1)
        await until(lambda: tally.transformed == 1)
        assert consumer.paused == set()
        labels = {"outcome": "aborted"}
        registry = tally.metrics.registry
        assert registry.get_sample_value("app_transactions_total", labels) == 2

    play(scenario)


def test_who_lost_the_partitions_commits_nothing_and_forgets() -> None:
    async def scenario(consumer: Consumer, transactions: Transactions, tally: Tally) -> None:
        consumer.commit_error = CommitFailedError()
        consumer.given = [record(encode(noted("a")), 4)]
        await until(lambda: len(consumer.paused) == 1)
        await consumer.rebalance(1)
        consumer.commit_error = None
        await asyncio.sleep(0.4)
        assert (transactions.committed, tally.transformed) == ([], 0)

    play(scenario)
