"""What the environment decides about the services. A wrong setting ends the process with 2."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from platform_app.connection import ConnectionSettings, Name

Milliseconds = Annotated[int, Field(ge=100, le=3_600_000)]
Port = Annotated[int, Field(ge=1, le=65535)]


class ServiceSettings(ConnectionSettings):
    http_host: str = "127.0.0.1"
    http_port: Port
    shutdown_timeout_ms: Milliseconds = 10_000


class ProducerSettings(ServiceSettings):
    service_name: Name = "producer"
    http_port: Port = 8080
    kafka_delivery_timeout_ms: Milliseconds = 30_000
    max_in_flight: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000


class GroupSettings(ServiceSettings):
    """What services need that read the topic as a group."""

    kafka_group_id: Name
    kafka_group_protocol: Literal["classic", "consumer"] = "classic"
    kafka_group_instance_id: Name | None = None
    kafka_dead_letter_topic: Name
    max_poll_records: Annotated[int, Field(ge=1, le=100_000)] = 500

    @model_validator(mode="after")
    def _dead_letters_elsewhere(self) -> Self:
        if self.kafka_dead_letter_topic == self.kafka_topic:
            raise ValueError("KAFKA_DEAD_LETTER_TOPIC must not be KAFKA_TOPIC: it would never end")
        return self


class ConsumerSettings(GroupSettings):
    service_name: Name = "consumer"
    http_port: Port = 8081
    commit_interval_ms: Annotated[int, Field(ge=0, le=3_600_000)] = 1000
    # May hold a password.
    database_url: SecretStr = SecretStr("sqlite:///data/store.db")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr) -> SecretStr:
        text = url.get_secret_value()
        sqlite_file = text.removeprefix("sqlite:///")
        if not _is_postgresql(text) and (sqlite_file == text or not sqlite_file):
            raise ValueError("must be sqlite:/// and a path, or postgresql://host/database")
        return url


def _is_postgresql(url: str) -> bool:
    try:
        parts = urlsplit(url)
        # Reading the port checks it.
        return parts.scheme == "postgresql" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def sqlite_path(database_url: str) -> Path:
    """`sqlite:///relative.db` and `sqlite:////absolute.db`, as in SQLAlchemy."""
    return Path(database_url.removeprefix("sqlite:///"))
