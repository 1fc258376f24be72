from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import Consumer, Producer

from platform_app.connection import ConnectionSettings, load
from platform_app.kafka.config import (
    Config,
    connection,
    dead_letter_producer,
    event_producer,
    group_consumer,
    reader,
    replay_producer,
    transactional_producer,
)
from platform_app.settings import ConsumerSettings, ProducerSettings

SCRAM = {"KAFKA_SASL_USERNAME": "ann", "KAFKA_SASL_PASSWORD": "s3cret"}
OAUTH = {
    "KAFKA_SASL_MECHANISM": "OAUTHBEARER",
    "KAFKA_OAUTH_TOKEN_URL": "https://idp/token",
    "KAFKA_OAUTH_CLIENT_ID": "ann",
    "KAFKA_OAUTH_CLIENT_SECRET": "s3cret",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    (tmp_path / "certificate.pem").write_text("-----BEGIN CERTIFICATE-----")
    (tmp_path / "key.pem").write_text("-----BEGIN PRIVATE KEY-----")
    for name, value in {
        "KAFKA_BOOTSTRAP_SERVERS": "broker:9093",
        "KAFKA_TOPIC": "events",
        "KAFKA_GROUP_ID": "group",
        "KAFKA_DEAD_LETTER_TOPIC": "dead",
        "KAFKA_SSL_CA_FILE": str(tmp_path / "certificate.pem"),
        "KAFKA_SSL_CERTIFICATE_FILE": str(tmp_path / "certificate.pem"),
        "KAFKA_SSL_KEY_FILE": str(tmp_path / "key.pem"),
    }.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def connect(environment: pytest.MonkeyPatch, protocol: str, **variables: str) -> Config:
    environment.setenv("KAFKA_SECURITY_PROTOCOL", protocol)
    for name, value in variables.items():
        environment.setenv(name, value)
    return connection(load(ConsumerSettings))


def test_scram_over_tls_verifies_the_brokers_name(environment: pytest.MonkeyPatch) -> None:
    config = connect(environment, "SASL_SSL", **SCRAM)
    assert config["ssl.endpoint.identification.algorithm"] == "https"
    assert config["sasl.mechanism"] == "SCRAM-SHA-512"
    assert (config["sasl.username"], config["sasl.password"]) == ("ann", "s3cret")
    assert "ssl.key.location" not in config


def test_with_ssl_the_client_shows_a_certificate(environment: pytest.MonkeyPatch) -> None:
    config = connect(environment, "SSL", **SCRAM)
    assert config["ssl.endpoint.identification.algorithm"] == "https"
    assert str(config["ssl.certificate.location"]).endswith("certificate.pem")
    assert str(config["ssl.key.location"]).endswith("key.pem")
    assert "sasl.mechanism" not in config


def test_tokens_come_from_the_token_endpoint(environment: pytest.MonkeyPatch) -> None:
    config = connect(environment, "SASL_SSL", **OAUTH)
    assert config["sasl.mechanism"] == "OAUTHBEARER"
    assert config["sasl.oauthbearer.token.endpoint.url"] == "https://idp/token"
    assert "sasl.oauthbearer.scope" not in config
    scoped = connect(environment, "SASL_SSL", KAFKA_OAUTH_SCOPE="kafka")
    assert scoped["sasl.oauthbearer.scope"] == "kafka"


@pytest.mark.usefixtures("environment")
def test_without_security_there_is_none() -> None:
    assert not [name for name in connection(load(ProducerSettings)) if name[:3] in ("ssl", "sas")]


def writers(settings: ConnectionSettings) -> list[Config]:
    return [
        dead_letter_producer(settings),
        replay_producer(settings),
        transactional_producer(settings, "id-1"),
    ]


@pytest.mark.usefixtures("environment")
def test_durability_is_said_and_not_inherited() -> None:
    for config in (event_producer(load(ProducerSettings)), *writers(load(ConsumerSettings))):
        assert config["acks"] == "all"
        assert config["enable.idempotence"] is True
        assert config["partitioner"] == "murmur2_random"


@pytest.mark.usefixtures("environment")
def test_offsets_are_never_committed_behind_our_back() -> None:
    for config in (group_consumer(load(ConsumerSettings)), reader(load(ConsumerSettings), "g")):
        assert config["enable.auto.commit"] is False
        assert config["isolation.level"] == "read_committed"


def test_the_classic_protocol_moves_only_what_has_to_move(environment: pytest.MonkeyPatch) -> None:
    config = group_consumer(load(ConsumerSettings))
    assert config["partition.assignment.strategy"] == "cooperative-sticky"
    assert config["session.timeout.ms"] == 45_000
    assert "group.instance.id" not in config


def test_the_new_protocol_and_a_static_member_are_settings(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KAFKA_GROUP_PROTOCOL", "consumer")
    environment.setenv("KAFKA_GROUP_INSTANCE_ID", "one")
    config = group_consumer(load(ConsumerSettings))
    assert (config["group.protocol"], config["group.instance.id"]) == ("consumer", "one")
    assert not {"session.timeout.ms", "partition.assignment.strategy"} & config.keys()


@pytest.mark.parametrize("protocol", ["classic", "consumer"])
def test_librdkafka_knows_every_setting(environment: pytest.MonkeyPatch, protocol: str) -> None:
    environment.setenv("KAFKA_GROUP_PROTOCOL", protocol)
    quiet: dict[str, Any] = {"log_level": 0}
    settings = load(ConsumerSettings)
    Consumer({**group_consumer(settings), **quiet}).close()
    for config in (event_producer(load(ProducerSettings)), *writers(settings)):
        Producer({**config, **quiet})


def test_librdkafka_fetches_tokens(environment: pytest.MonkeyPatch) -> None:
    # Without TLS, since the certificate is none.
    config = connect(
        environment, "SASL_SSL", **{**OAUTH, "KAFKA_OAUTH_TOKEN_URL": "http://[::1]:1"}
    )
    without = {name: value for name, value in config.items() if not name.startswith("ssl.")}
    Producer({**without, "security.protocol": "SASL_PLAINTEXT", "log_level": 0})
