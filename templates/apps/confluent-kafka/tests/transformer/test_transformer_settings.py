import pytest

from platform_app.connection import SettingsError, load
from platform_app.transformer.settings import TransformerSettings


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in {
        "KAFKA_BOOTSTRAP_SERVERS": "one:9092",
        "KAFKA_TOPIC": "events",
        "KAFKA_GROUP_ID": "group",
        "KAFKA_DEAD_LETTER_TOPIC": "dead",
        "KAFKA_OUTPUT_TOPIC": "derived",
        "KAFKA_TRANSACTIONAL_ID": "one",
    }.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.usefixtures("environment")
def test_the_transformer_has_its_own_name_and_port() -> None:
    settings = load(TransformerSettings)
    assert (settings.service_name, settings.http_port) == ("transformer", 8082)


@pytest.mark.parametrize("name", ["KAFKA_OUTPUT_TOPIC", "KAFKA_TRANSACTIONAL_ID"])
def test_output_and_transactional_id_are_required(
    environment: pytest.MonkeyPatch, name: str
) -> None:
    environment.delenv(name)
    with pytest.raises(SettingsError, match=f"{name}: is required"):
        load(TransformerSettings)


def test_what_it_writes_it_must_not_read(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("KAFKA_OUTPUT_TOPIC", "events")
    with pytest.raises(SettingsError, match="KAFKA_OUTPUT_TOPIC must not be KAFKA_TOPIC"):
        load(TransformerSettings)
