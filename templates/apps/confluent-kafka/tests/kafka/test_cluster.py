import json

import pytest
from confluent_kafka import KafkaError

from platform_app.kafka.cluster import Cluster
from platform_app.kafka.refusals import TOKEN
from platform_app.shutdown import KAFKA_REFUSED, Shutdown

CERTIFICATE = "SSL handshake failed: certificate verify failed"


def states(*names: str) -> str:
    return json.dumps({"brokers": {str(i): {"state": name} for i, name in enumerate(names)}})


@pytest.mark.parametrize(
    "error",
    [
        KafkaError(KafkaError._AUTHENTICATION, "invalid credentials"),
        KafkaError(KafkaError._SSL, CERTIFICATE),
        KafkaError(KafkaError._TRANSPORT, "Receive failed: ssl/tls alert bad certificate"),
        KafkaError(KafkaError._TRANSPORT, "Receive failed: tlsv1 alert unknown ca"),
        KafkaError(KafkaError._AUTHENTICATION, f'{TOKEN}{{"error":"invalid_client"}}'),
        KafkaError(KafkaError._AUTHENTICATION, f"{TOKEN}Server did not provide an error string"),
    ],
)
def test_a_refusal_before_the_first_connection_ends_the_process(error: KafkaError) -> None:
    shutdown = Shutdown()
    Cluster("test", shutdown).callbacks()["error_cb"](error)
    assert shutdown.requested
    assert shutdown.exit_code == KAFKA_REFUSED


@pytest.mark.parametrize(
    "error",
    [
        KafkaError(KafkaError._TRANSPORT, "Connection refused"),
        KafkaError(KafkaError._RESOLVE, "no such host"),
        KafkaError(KafkaError._ALL_BROKERS_DOWN),
        KafkaError(KafkaError._SSL, "SSL transport error: Disconnected"),
        KafkaError(KafkaError._AUTHENTICATION, f"{TOKEN}Could not connect to server"),
        # Asked five times, and told "too many requests" each time.
        KafkaError(KafkaError._AUTHENTICATION, TOKEN + 5 * '{"error": "slow_down"}'),
    ],
)
def test_brokers_that_are_merely_away_do_not(error: KafkaError) -> None:
    shutdown = Shutdown()
    Cluster("test", shutdown).callbacks()["error_cb"](error)
    assert not shutdown.requested


def test_a_refusal_after_a_connection_is_a_brokers_passing_trouble() -> None:
    shutdown = Shutdown()
    callbacks = Cluster("test", shutdown).callbacks()
    callbacks["stats_cb"](states("UP"))
    callbacks["error_cb"](KafkaError(KafkaError._AUTHENTICATION, "invalid credentials"))
    assert not shutdown.requested


def test_one_broker_that_let_us_in_is_enough_to_be_connected() -> None:
    cluster = Cluster("test", Shutdown())
    seen = []
    for names in ([], ["AUTH_REQ"], ["DOWN", "UP"], ["DOWN", "TRY_CONNECT"]):
        cluster.callbacks()["stats_cb"](states(*names))
        seen.append(cluster.connected)
    assert seen == [False, False, True, False]
