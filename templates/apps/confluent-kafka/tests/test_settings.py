from pathlib import Path

import pytest

from platform_app.connection import SettingsError, load
from platform_app.settings import ConsumerSettings, ProducerSettings, sqlite_path

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
    assert consumer.kafka_group_protocol == "classic"
    assert consumer.kafka_group_instance_id is None


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


@pytest.mark.parametrize(
    ("protocol", "mechanism", "missing"),
    [
        ("SASL_SSL", "", "KAFKA_SASL_PASSWORD, KAFKA_SSL_CA_FILE"),
        (
            "SASL_SSL",
            "OAUTHBEARER",
            "KAFKA_OAUTH_CLIENT_ID, KAFKA_OAUTH_CLIENT_SECRET, KAFKA_SSL_CA_FILE",
        ),
        ("SSL", "", "KAFKA_SSL_CERTIFICATE_FILE, KAFKA_SSL_KEY_FILE, KAFKA_SSL_CA_FILE"),
    ],
)
def test_each_way_in_needs_its_own_credentials(
    environment: pytest.MonkeyPatch, protocol: str, mechanism: str, missing: str
) -> None:
    environment.setenv("KAFKA_SECURITY_PROTOCOL", protocol)
    environment.setenv("KAFKA_SASL_MECHANISM", mechanism)
    environment.setenv("KAFKA_SASL_USERNAME", "ann")
    environment.setenv("KAFKA_OAUTH_TOKEN_URL", "https://idp/token")
    with pytest.raises(SettingsError, match=f"needs {missing}$"):
        load(ProducerSettings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KAFKA_BOOTSTRAP_SERVERS", "one"),
        ("KAFKA_BOOTSTRAP_SERVERS", "one:9092,two"),
        ("KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT"),
        ("KAFKA_SASL_MECHANISM", "PLAIN"),
        ("KAFKA_OAUTH_TOKEN_URL", "idp/token"),
        ("KAFKA_GROUP_PROTOCOL", "cooperative"),
        ("KAFKA_SSL_CA_FILE", "/no/such/file.pem"),
        ("HTTP_PORT", "70000"),
        ("MAX_POLL_RECORDS", "0"),
        ("COMMIT_INTERVAL_MS", "soon"),
        ("DATABASE_URL", "mysql://somewhere/db"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "postgresql://"),
        ("DATABASE_URL", "postgresql://app:p@ss:word@db:port/store"),
        ("LOG_LEVEL", "loud"),
        ("KAFKA_DEAD_LETTER_TOPIC", "events"),
    ],
)
def test_a_wrong_setting_is_named(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load(ConsumerSettings)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("KAFKA_SSL_CA_FILE", "-----BEGIN PRIVATE KEY-----"),
        ("KAFKA_SSL_CERTIFICATE_FILE", ""),
        ("KAFKA_SSL_KEY_FILE", "-----BEGIN RSA PRIVATE KEY-----"),
        ("KAFKA_SSL_KEY_FILE", "-----BEGIN ENCRYPTED PRIVATE KEY-----"),
    ],
)
def test_a_file_of_another_kind_is_named(
    environment: pytest.MonkeyPatch, tmp_path: Path, name: str, content: str
) -> None:
    environment.setenv(name, str(tmp_path / "file.pem"))
    (tmp_path / "file.pem").write_text(content)
    with pytest.raises(SettingsError, match=f"{name}: must be a PEM file"):
        load(ProducerSettings)


def test_an_error_never_shows_a_value(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "mysql://app:s3cret@db/store")
    with pytest.raises(SettingsError) as error:
        load(ConsumerSettings)
    assert "s3cret" not in str(error.value)


def test_sqlite_urls_are_relative_with_three_slashes_and_absolute_with_four() -> None:
    assert str(sqlite_path("sqlite:///data/store.db")) == "data/store.db"
    assert str(sqlite_path("sqlite:////data/store.db")) == "/data/store.db"
