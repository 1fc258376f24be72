from pathlib import Path

import pytest

from platform_app.settings import (
    ConsumerSettings,
    ProducerSettings,
    SettingsError,
    load,
    sqlite_path,
)

REQUIRED = {
    "KAFKA_BOOTSTRAP_SERVERS": "one:9092,two:9092",
    "KAFKA_TOPIC": "events",
    "KAFKA_GROUP_ID": "group",
    "KAFKA_DEAD_LETTER_TOPIC": "events.dlq",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_defaults_are_those_of_the_contract() -> None:
    producer, consumer = load(ProducerSettings), load(ConsumerSettings)
    assert (producer.service_name, producer.http_host, producer.http_port) == (
        "producer",
        "127.0.0.1",
        8080,
    )
    assert (consumer.service_name, consumer.http_port) == ("consumer", 8081)
    assert (producer.kafka_delivery_timeout_ms, producer.max_in_flight) == (30_000, 10_000)
    assert (consumer.max_poll_records, consumer.commit_interval_ms) == (500, 1000)
    assert consumer.database_url.get_secret_value() == "sqlite:///data/store.db"
    assert consumer.shutdown_timeout_ms == 10_000


def test_every_missing_setting_is_named() -> None:
    with pytest.raises(SettingsError) as error:
        load(ConsumerSettings)
    for name in REQUIRED:
        assert f"{name}: is required" in str(error.value)


def test_an_empty_variable_is_an_unset_one(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HTTP_PORT", "")
    environment.setenv("KAFKA_TOPIC", "")
    with pytest.raises(SettingsError, match="KAFKA_TOPIC: is required"):
        load(ProducerSettings)


def test_sasl_ssl_needs_user_password_and_ca(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
    environment.setenv("KAFKA_SASL_USERNAME", "ann")
    with pytest.raises(SettingsError, match="KAFKA_SASL_PASSWORD, KAFKA_SSL_CA_FILE"):
        load(ProducerSettings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KAFKA_BOOTSTRAP_SERVERS", "one"),
        ("KAFKA_BOOTSTRAP_SERVERS", "one:9092,two"),
        ("KAFKA_SECURITY_PROTOCOL", "SSL"),
        ("KAFKA_SSL_CA_FILE", "/no/such/file.pem"),
        ("HTTP_PORT", "70000"),
        ("MAX_POLL_RECORDS", "0"),
        ("COMMIT_INTERVAL_MS", "soon"),
        ("DATABASE_URL", "mysql://somewhere/db"),
        ("DATABASE_URL", "sqlite:///"),
        ("LOG_LEVEL", "loud"),
        ("KAFKA_DEAD_LETTER_TOPIC", "events"),
    ],
)
def test_a_wrong_setting_is_named(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load(ConsumerSettings)


def test_a_ca_file_without_a_certificate_is_named(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("KAFKA_SSL_CA_FILE", str(tmp_path / "ca.pem"))
    (tmp_path / "ca.pem").write_text("-----BEGIN PRIVATE KEY-----")
    with pytest.raises(SettingsError, match="KAFKA_SSL_CA_FILE: must be a PEM file"):
        load(ProducerSettings)


def test_an_error_never_shows_a_value(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "mysql://app:s3cret@db/store")
    with pytest.raises(SettingsError) as error:
        load(ConsumerSettings)
    assert "s3cret" not in str(error.value)


def test_sqlite_urls_are_relative_with_three_slashes_and_absolute_with_four() -> None:
    assert str(sqlite_path("sqlite:///data/store.db")) == "data/store.db"
    assert str(sqlite_path("sqlite:////data/store.db")) == "/data/store.db"
