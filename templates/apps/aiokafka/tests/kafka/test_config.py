import asyncio
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.partitioner import DefaultPartitioner, murmur2

from platform_app.connection import SettingsError, load
from platform_app.kafka.config import (
    SESSION_TIMEOUT_MS,
    Config,
    connection,
    event_producer,
    group_consumer,
    reader,
    transactional_producer,
    writer,
)
from platform_app.settings import ConsumerSettings, ProducerSettings

SCRAM = {"KAFKA_SASL_USERNAME": "ann", "KAFKA_SASL_PASSWORD": "s3cret"}
OAUTH = {
    "KAFKA_SASL_MECHANISM": "OAUTHBEARER",
    "KAFKA_OAUTH_TOKEN_URL": "https://idp/token",
    "KAFKA_OAUTH_CLIENT_ID": "ann",
    "KAFKA_OAUTH_CLIENT_SECRET": "s3cret",
}


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate and its key, made for this run."""
    folder = tmp_path_factory.mktemp("pem")
    subprocess.run(  # noqa: S603
        ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=ann",  # noqa: S607
         "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, pem: Path) -> pytest.MonkeyPatch:
    for name, value in {
        "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
        "KAFKA_TOPIC": "events",
        "KAFKA_GROUP_ID": "group",
        "KAFKA_DEAD_LETTER_TOPIC": "dead",
        "KAFKA_SSL_CA_FILE": str(pem / "certificate.pem"),
        "KAFKA_SSL_CERTIFICATE_FILE": str(pem / "certificate.pem"),
        "KAFKA_SSL_KEY_FILE": str(pem / "key.pem"),
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
    assert config["sasl_mechanism"] == "SCRAM-SHA-512"
    assert (config["sasl_plain_username"], config["sasl_plain_password"]) == ("ann", "s3cret")
    assert config["ssl_context"].check_hostname
    assert config["ssl_context"].verify_mode == ssl.CERT_REQUIRED
    assert len(config["ssl_context"].get_ca_certs()) <= 1


def test_with_ssl_the_client_shows_a_certificate(environment: pytest.MonkeyPatch) -> None:
    config = connect(environment, "SSL")
    assert config["ssl_context"].check_hostname
    assert "sasl_mechanism" not in config


def test_a_key_of_another_certificate_is_a_wrong_setting(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key.pem").write_text(
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
    )
    environment.setenv("KAFKA_SSL_KEY_FILE", str(tmp_path / "key.pem"))
    with pytest.raises(SettingsError, match="KAFKA_SSL_KEY_FILE: "):
        connect(environment, "SSL")


def test_a_ca_file_without_a_readable_certificate_is_a_wrong_setting(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
    (tmp_path / "ca.pem").write_text(broken)
    environment.setenv("KAFKA_SSL_CA_FILE", str(tmp_path / "ca.pem"))
    with pytest.raises(SettingsError, match="KAFKA_SSL_CA_FILE: "):
        connect(environment, "SASL_SSL", **SCRAM)


def test_tokens_are_asked_for_by_us(environment: pytest.MonkeyPatch) -> None:
    config = connect(environment, "SASL_SSL", **OAUTH)
    assert config["sasl_mechanism"] == "OAUTHBEARER"
    assert type(config["sasl_oauth_token_provider"]).__name__ == "OidcTokens"


@pytest.mark.usefixtures("environment")
def test_durability_is_said_and_not_inherited() -> None:
    settings = load(ConsumerSettings)
    for config in (
        event_producer(load(ProducerSettings)),
        writer(settings),
        transactional_producer(settings, "id-1"),
    ):
        assert config["acks"] == "all"
        assert config["enable_idempotence"] is True
        assert isinstance(config["partitioner"], DefaultPartitioner)


@pytest.mark.usefixtures("environment")
def test_offsets_are_never_committed_behind_our_back() -> None:
    for config in (group_consumer(load(ConsumerSettings)), reader(load(ConsumerSettings), "g")):
        assert config["enable_auto_commit"] is False
        assert config["isolation_level"] == "read_committed"
        assert config["auto_offset_reset"] == "earliest"


@pytest.mark.usefixtures("environment")
def test_a_transaction_ends_before_a_session() -> None:
    config = transactional_producer(load(ConsumerSettings), "id-1")
    assert config["transaction_timeout_ms"] < SESSION_TIMEOUT_MS


def test_the_new_group_protocol_is_a_wrong_setting(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KAFKA_GROUP_PROTOCOL", "consumer")
    with pytest.raises(SettingsError, match="KAFKA_GROUP_PROTOCOL: aiokafka knows"):
        group_consumer(load(ConsumerSettings))


def test_a_static_member_has_its_id(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KAFKA_GROUP_INSTANCE_ID", "one")
    assert group_consumer(load(ConsumerSettings))["group_instance_id"] == "one"


@pytest.mark.usefixtures("environment")
def test_aiokafka_knows_every_setting() -> None:
    async def make() -> None:
        settings = load(ConsumerSettings)
        consumers = (group_consumer(settings), reader(settings, "g"))
        for config in consumers:
            await AIOKafkaConsumer(**config).stop()
        for config in (
            event_producer(load(ProducerSettings)),
            writer(settings),
            transactional_producer(settings, "id-1"),
        ):
            producer = AIOKafkaProducer(**config)
            producer._closed = True

    asyncio.run(make())


def partition(key: bytes | None, available: list[int] | None = None) -> int:
    choose: Callable[[bytes | None, list[int], list[int]], int] = DefaultPartitioner()
    return choose(key, [0, 1, 2, 3, 4, 5], available or [])


@pytest.mark.parametrize(
    ("key", "hashed"),
    [
        # The values that Kafka's own tests of Utils.murmur2 expect, as unsigned numbers.
        (b"21", 0xFFFFFFFF & -973932308),
        (b"foobar", 0xFFFFFFFF & -790332482),
        (b"a-little-bit-long-string", 0xFFFFFFFF & -985981536),
        (b"a-little-bit-longer-string", 0xFFFFFFFF & -1486304829),
    ],
)
def test_keys_are_hashed_as_java_hashes_them(key: bytes, hashed: int) -> None:
    assert murmur2(key) == hashed
    assert partition(key) == (hashed & 0x7FFFFFFF) % 6


def test_a_key_keeps_its_partition_when_that_has_no_leader() -> None:
    assert partition(b"21", [0]) == partition(b"21", [0, 1, 2, 3, 4, 5])


def test_records_without_a_key_are_spread_over_partitions_with_a_leader() -> None:
    assert {partition(None, [2, 4]) for _ in range(200)} == {2, 4}
