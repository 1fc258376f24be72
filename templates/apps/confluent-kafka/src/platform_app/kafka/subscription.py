"""One membership in a consumer group: what it was given, what it reads, where it goes on.

While it is paused, polling goes on: a member that stops polling is expelled, and the others
would get its work and the same trouble.
"""

import logging
import time
from collections.abc import Callable, Set
from typing import Any

from confluent_kafka import (
    OFFSET_BEGINNING,
    OFFSET_END,
    Consumer,
    KafkaError,
    KafkaException,
    Message,
    TopicPartition,
)

from platform_app.kafka.record import record_of
from platform_app.kafka.refusals import cause_of, check_rights, is_still_held
from platform_app.record import Partition, Record
from platform_app.shutdown import KafkaRefused

log = logging.getLogger(__name__)

POLL_SECONDS = 0.1
REJOIN_SECONDS = 1
# Once there is a record: how long others may join it in one batch, and so in one transaction.
GATHER_SECONDS = 0.005

Offsets = dict[Partition, int]


class Subscription:
    def __init__(
        self,
        config: dict[str, Any],
        topic: str,
        *,
        revoking: Callable[[set[Partition]], None] = lambda _: None,
        gone: Callable[[set[Partition]], None] = lambda _: None,
        not_committed: Callable[[Offsets], None] = lambda _: None,
    ) -> None:
        """`revoking` is the last moment to commit; `gone` follows, also when it never came."""
        self._config = {**config, "on_commit": self._committed}
        self._consumer = Consumer(self._config)
        self._topic = topic
        self._group = str(config["group.id"])
        self._revoking = revoking
        self._gone = gone
        self._not_committed = not_committed
        self.assigned: frozenset[Partition] = frozenset()
        self.paused = False

    def open(self) -> None:
        self._consumer.subscribe(
            [self._topic],
            on_assign=self._on_assign,
            on_revoke=self._on_revoke,
            on_lost=self._on_lost,
        )

    def reopen(self) -> None:
        """As a new member, which goes on at the committed offsets."""
        self._consumer.close()
        self._gone({*self.assigned})
        self.assigned = frozenset()
        self.paused = False
        self._consumer = Consumer(self._config)
        self.open()

    def poll(self, most: int) -> list[Record]:
        try:
            messages = self._consume(most)
        except KafkaException as error:
            if not is_still_held(cause_of(error)):
                raise
            log.warning("Waiting for our place in the group: %s", cause_of(error).str())
            time.sleep(REJOIN_SECONDS)
            self.reopen()
            return []
        records = [record_of(message) for message in messages if message.error() is None]
        # consume() may have rebalanced half-way: what came before is no longer ours.
        return [r for r in records if (r.topic, r.partition) in self.assigned]

    def pause(self) -> None:
        self.paused = True
        self._consumer.pause(self._consumer.assignment())

    def resume(self) -> None:
        self.paused = False
        self._consumer.resume(self._consumer.assignment())

    def commit(self, offsets: Offsets) -> None:
        """Without waiting; what fails is handed to `not_committed`."""
        self._consumer.commit(offsets=_positions(offsets), asynchronous=True)

    def commit_now(self, offsets: Offsets) -> None:
        if not offsets:
            return
        try:
            self._consumer.commit(offsets=_positions(offsets), asynchronous=False)
        except KafkaException as error:
            # Read again by whoever comes next, and recognised by event id.
            log.warning("Offsets not committed: %s", error)

    def starts(self, partitions: Set[Partition]) -> Offsets:
        """What the group has committed; where it hasn't yet, the first offset there is."""
        places = [TopicPartition(*partition, OFFSET_BEGINNING) for partition in partitions]
        try:
            first = self._consumer.offsets_for_times(places, timeout=1)
            committed = self._consumer.committed(places, timeout=1)
        except KafkaException as error:
            log.debug("Start offsets are not known: %s", error)
            return {}
        starts = {(p.topic, p.partition): p.offset for p in first if p.error is None}
        return starts | {(p.topic, p.partition): p.offset for p in committed if p.offset >= 0}

    def ends(self) -> Offsets:
        """Asked for: the client's own numbers stand still while it fetches nothing."""
        latest = [TopicPartition(*partition, OFFSET_END) for partition in self.assigned]
        if not latest:
            return {}
        try:
            answers = self._consumer.offsets_for_times(latest, timeout=1)
        except KafkaException as error:
            log.debug("End offsets are not known: %s", error)
            return {}
        return {(end.topic, end.partition): end.offset for end in answers if end.error is None}

    def group_metadata(self) -> object:
        """Who we are in the group, for the transaction that commits our offsets."""
        return self._consumer.consumer_group_metadata()

    def close(self) -> None:
        """Leaves the group, so that the others take over at once. A static member doesn't."""
        self._consumer.close()

    def _consume(self, most: int) -> list[Message]:
        messages = self._consumer.consume(1, POLL_SECONDS)
        if messages and most > 1:
            messages += self._consumer.consume(most - 1, GATHER_SECONDS)
        for message in messages:
            if (error := message.error()) is not None:
                self._complain(error)
        return messages

    def _complain(self, error: KafkaError) -> None:
        check_rights(error, topic=self._topic, group=self._group)
        if is_still_held(error):
            raise KafkaException(error)
        if error.code() == KafkaError._FATAL:
            # A static member whose id another one has; the text says which of the two it is.
            raise KafkaRefused(error.str())
        log.warning("Kafka: %s", error.str(), extra={"errorClass": error.name()})

    def _committed(self, error: KafkaError | None, offsets: list[TopicPartition]) -> None:
        failed = [offset for offset in offsets if error or offset.error]
        if failed:
            log.warning("Offsets not committed, trying again: %s", error or failed[0].error)
            # What was taken away meanwhile is no longer ours to commit.
            self._not_committed(
                {
                    (o.topic, o.partition): o.offset
                    for o in failed
                    if (o.topic, o.partition) in self.assigned
                }
            )

    def _on_assign(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        consumer.incremental_assign(partitions)
        self.assigned |= _names(partitions)
        log.info("Assigned: %s", _numbers(partitions))
        if self.paused:
            consumer.pause(partitions)

    def _on_revoke(self, _: Consumer, partitions: list[TopicPartition]) -> None:
        # Before the next owner starts, or it would begin with what we have done already.
        self._revoking(_names(partitions))
        self._give_up(partitions)

    def _on_lost(self, _: Consumer, partitions: list[TopicPartition]) -> None:
        # Others own them by now; our offsets would be refused, or worse, accepted.
        self._give_up(partitions)

    def _give_up(self, partitions: list[TopicPartition]) -> None:
        names = _names(partitions)
        self.assigned -= names
        self._gone(names)
        log.info("Given up: %s", _numbers(partitions))


def _positions(offsets: Offsets) -> list[TopicPartition]:
    return [TopicPartition(*partition, offset) for partition, offset in offsets.items()]


def _names(partitions: list[TopicPartition]) -> set[Partition]:
    return {(p.topic, p.partition) for p in partitions}


def _numbers(partitions: list[TopicPartition]) -> str:
    return ", ".join(str(p.partition) for p in sorted(partitions, key=lambda p: p.partition))
