"""Everything the environment decides. A wrong setting ends the process with 2 and its name."""

from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    Field,
    FilePath,
    SecretStr,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Milliseconds = Annotated[int, Field(ge=100, le=3_600_000)]


class ServiceSettings(BaseSettings):
    # Compose passes an unset variable on as an empty one.
    model_config = SettingsConfigDict(env_ignore_empty=True)

    service_name: Name
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=1, le=65535)]
    kafka_bootstrap_servers: Name
    kafka_security_protocol: Literal["PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    kafka_sasl_username: str | None = None
    kafka_sasl_password: SecretStr | None = None
    kafka_ssl_ca_file: FilePath | None = None
    kafka_topic: Name
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    shutdown_timeout_ms: Milliseconds = 10_000

    @field_validator("kafka_bootstrap_servers")
    @classmethod
    def _host_and_port(cls, servers: str) -> str:
        for server in servers.split(","):
            host, _, port = server.strip().rpartition(":")
            if not host or not port.isdecimal():
                raise ValueError("must be host:port,host:port")
        return servers

    @field_validator("kafka_ssl_ca_file")
    @classmethod
    def _pem(cls, file: Path | None) -> Path | None:
        if file is not None and b"BEGIN CERTIFICATE" not in file.read_bytes():
            raise ValueError("must be a PEM file with a certificate")
        return file

    @model_validator(mode="after")
    def _credentials(self) -> Self:
        if self.kafka_security_protocol == "SASL_SSL":
            needed = ("kafka_sasl_username", "kafka_sasl_password", "kafka_ssl_ca_file")
            missing = [name.upper() for name in needed if getattr(self, name) is None]
            if missing:
                raise ValueError(f"KAFKA_SECURITY_PROTOCOL=SASL_SSL needs {', '.join(missing)}")
        return self


class ProducerSettings(ServiceSettings):
    service_name: Name = "producer"
    http_port: Annotated[int, Field(ge=1, le=65535)] = 8080
    kafka_delivery_timeout_ms: Milliseconds = 30_000
    max_in_flight: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000


class ConsumerSettings(ServiceSettings):
    service_name: Name = "consumer"
    http_port: Annotated[int, Field(ge=1, le=65535)] = 8081
    kafka_group_id: Name
    kafka_dead_letter_topic: Name
    max_poll_records: Annotated[int, Field(ge=1, le=100_000)] = 500
    commit_interval_ms: Annotated[int, Field(ge=0, le=3_600_000)] = 1000
    # May hold a password.
    database_url: SecretStr = SecretStr("sqlite:///data/store.db")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr) -> SecretStr:
        text = url.get_secret_value()
        sqlite_file = text.removeprefix("sqlite:///")
        if not text.startswith("postgresql://") and (sqlite_file == text or not sqlite_file):
            raise ValueError("must begin with sqlite:/// (and a path) or postgresql://")
        return url

    @model_validator(mode="after")
    def _dead_letters_elsewhere(self) -> Self:
        if self.kafka_dead_letter_topic == self.kafka_topic:
            raise ValueError("KAFKA_DEAD_LETTER_TOPIC must not be KAFKA_TOPIC: it would never end")
        return self


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it."""


S = TypeVar("S", bound=ServiceSettings)


def load(kind: type[S]) -> S:
    try:
        return kind()  # type: ignore[call-arg]  # from the environment
    except ValidationError as error:
        # Names and reasons only: the values may be secrets.
        faults = error.errors(include_url=False, include_input=False)
        raise SettingsError("; ".join(_sentence(f["loc"], f["msg"]) for f in faults)) from None


def _sentence(location: tuple[int | str, ...], reason: str) -> str:
    name = ".".join(map(str, location)).upper()
    reason = reason.removeprefix("Value error, ")
    return f"{name}: {'is required' if reason == 'Field required' else reason}" if name else reason


def sqlite_path(database_url: str) -> Path:
    """`sqlite:///relative.db` and `sqlite:////absolute.db`, as in SQLAlchemy."""
    return Path(database_url.removeprefix("sqlite:///"))
