from pathlib import Path

import pytest
from confluent_kafka import Consumer, Producer

from platform_app.kafka.config import dead_letter_producer, event_consumer, event_producer
from platform_app.settings import ConsumerSettings, ProducerSettings


@pytest.fixture
def secured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_text("-----BEGIN CERTIFICATE-----")
    for name, value in {
        "KAFKA_BOOTSTRAP_SERVERS": "broker:9093",
        "KAFKA_TOPIC": "events",
        "KAFKA_GROUP_ID": "group",
        "KAFKA_DEAD_LETTER_TOPIC": "dead",
        "KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
        "KAFKA_SASL_USERNAME": "ann",
        "KAFKA_SASL_PASSWORD": "s3cret",
        "KAFKA_SSL_CA_FILE": str(ca),
    }.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("secured")
def test_every_client_verifies_the_brokers_name_and_logs_in_with_scram() -> None:
    for config in (
        event_producer(ProducerSettings()),  # type: ignore[call-arg]
        dead_letter_producer(ConsumerSettings()),  # type: ignore[call-arg]
        event_consumer(ConsumerSettings()),  # type: ignore[call-arg]
    ):
        assert config["security.protocol"] == "SASL_SSL"
        assert config["ssl.endpoint.identification.algorithm"] == "https"
        assert config["sasl.mechanism"] == "SCRAM-SHA-512"
        assert config["sasl.password"] == "s3cret"


@pytest.mark.usefixtures("secured")
def test_librdkafka_knows_every_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without TLS, since the certificate is none.
    monkeypatch.setenv("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT")
    producer, consumer = ProducerSettings(), ConsumerSettings()  # type: ignore[call-arg]
    Producer({**event_producer(producer), "log_level": 0})
    Producer({**dead_letter_producer(consumer), "log_level": 0})
    Consumer({**event_consumer(consumer), "log_level": 0}).close()


@pytest.mark.usefixtures("secured")
def test_durability_is_said_and_not_inherited() -> None:
    for config in (
        event_producer(ProducerSettings()),  # type: ignore[call-arg]
        dead_letter_producer(ConsumerSettings()),  # type: ignore[call-arg]
    ):
        assert config["acks"] == "all"
        assert config["enable.idempotence"] is True
        assert config["partitioner"] == "murmur2_random"


@pytest.mark.usefixtures("secured")
def test_offsets_are_never_committed_behind_our_back() -> None:
    config = event_consumer(ConsumerSettings())  # type: ignore[call-arg]
    assert config["enable.auto.commit"] is False
    assert config["isolation.level"] == "read_committed"
    assert config["partition.assignment.strategy"] == "cooperative-sticky"
