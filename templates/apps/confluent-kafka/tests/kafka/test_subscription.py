from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException

from platform_app.kafka import subscription
from platform_app.kafka.subscription import Subscription

HELD = KafkaError(KafkaError.UNRELEASED_INSTANCE_ID).str()
FATAL = KafkaError(KafkaError._FATAL, f"ConsumerGroupHeartbeat fatal error: {HELD}", fatal=True)


class Consumer:
    """Of no more use after its first poll, like librdkafka's after a fatal error."""

    made = 0

    def __init__(self, _: dict[str, Any]) -> None:
        Consumer.made += 1
        self.subscribed: list[str] = []
        self._number = Consumer.made

    def subscribe(self, topics: list[str], **_: object) -> None:
        self.subscribed = topics

    def consume(self, *_: object) -> list[object]:
        if self._number == 1:
            raise KafkaException(FATAL)
        return []

    def close(self) -> None:
        pass


def test_a_place_that_a_killed_instance_holds_is_waited_for_with_a_new_consumer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Consumer.made = 0
    monkeypatch.setattr(subscription, "Consumer", Consumer)
    monkeypatch.setattr(subscription, "REJOIN_SECONDS", 0)
    member = Subscription({"group.id": "group"}, "events")
    member.open()
    assert member.poll(10) == []
    assert member.poll(10) == []
    assert Consumer.made == 2
