from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException

from platform_app.kafka import transactions
from platform_app.kafka.transactions import TimedOut, Transactions
from platform_app.shutdown import Shutdown

FENCED = KafkaException(KafkaError(KafkaError._FENCED, "newer epoch", fatal=True))


class Producer:
    """The first one is fenced when it commits."""

    made = 0

    def __init__(self, _: dict[str, Any]) -> None:
        Producer.made += 1
        self._fenced = Producer.made == 1

    def begin_transaction(self) -> None:
        pass

    def send_offsets_to_transaction(self, *_: object) -> None:
        pass

    def commit_transaction(self, _: float) -> None:
        if self._fenced:
            raise FENCED


@pytest.fixture
def fenced(monkeypatch: pytest.MonkeyPatch) -> Transactions:
    Producer.made = 0
    monkeypatch.setattr(transactions, "Producer", Producer)
    return Transactions({"transactional.id": "one"}, Shutdown())


def test_another_instance_with_the_id_is_told(fenced: Transactions) -> None:
    with pytest.raises(KafkaException, match="newer epoch"):
        fenced.commit([], {}, None)
    assert Producer.made == 1


def test_a_transaction_that_the_coordinator_timed_out_is_no_other_instance(
    fenced: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "TRANSACTION_TIMEOUT_MS", 0)
    with pytest.raises(TimedOut):
        fenced.commit([], {}, None)
    assert fenced.commit([], {}, None)
