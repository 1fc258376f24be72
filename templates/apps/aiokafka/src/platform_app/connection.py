"""How every part of the application reaches Kafka, as the environment says."""

from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    FilePath,
    SecretStr,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Url = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^https?://[^/]")]

SCRAM = ("kafka_sasl_username", "kafka_sasl_password")
OAUTH = ("kafka_oauth_token_url", "kafka_oauth_client_id", "kafka_oauth_client_secret")
CERTIFICATE = ("kafka_ssl_certificate_file", "kafka_ssl_key_file")


class ConnectionSettings(BaseSettings):
    # Compose passes an unset variable on as an empty one.
    model_config = SettingsConfigDict(env_ignore_empty=True)

    service_name: Name
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    kafka_bootstrap_servers: Name
    kafka_topic: Name
    kafka_security_protocol: Literal["PLAINTEXT", "SASL_SSL", "SSL"] = "PLAINTEXT"
    kafka_sasl_mechanism: Literal["SCRAM-SHA-512", "OAUTHBEARER"] = "SCRAM-SHA-512"
    kafka_sasl_username: str | None = None
    kafka_sasl_password: SecretStr | None = None
    kafka_oauth_token_url: Url | None = None
    kafka_oauth_client_id: str | None = None
    kafka_oauth_client_secret: SecretStr | None = None
    kafka_oauth_scope: str | None = None
    kafka_ssl_ca_file: FilePath | None = None
    kafka_ssl_certificate_file: FilePath | None = None
    kafka_ssl_key_file: FilePath | None = None

    @field_validator("kafka_bootstrap_servers")
    @classmethod
    def _host_and_port(cls, servers: str) -> str:
        for server in servers.split(","):
            host, _, port = server.strip().rpartition(":")
            if not host or not port.isdecimal():
                raise ValueError("must be host:port,host:port")
        return servers

    @field_validator("kafka_ssl_ca_file", "kafka_ssl_certificate_file")
    @classmethod
    def _certificate(cls, file: Path | None) -> Path | None:
        if file is not None and b"BEGIN CERTIFICATE" not in file.read_bytes():
            raise ValueError("must be a PEM file with a certificate")
        return file

    @field_validator("kafka_ssl_key_file")
    @classmethod
    def _key(cls, file: Path | None) -> Path | None:
        if file is not None and b"BEGIN PRIVATE KEY" not in file.read_bytes():
            raise ValueError("must be a PEM file with a key as PKCS #8, without a password")
        return file

    @model_validator(mode="after")
    def _credentials(self) -> Self:
        missing = [name.upper() for name in self._needed() if getattr(self, name) is None]
        if missing:
            raise ValueError(f"{self._way()} needs {', '.join(missing)}")
        return self

    @property
    def uses_oauth(self) -> bool:
        return (
            self.kafka_security_protocol == "SASL_SSL"
            and self.kafka_sasl_mechanism == "OAUTHBEARER"
        )

    def _way(self) -> str:
        protocol = f"KAFKA_SECURITY_PROTOCOL={self.kafka_security_protocol}"
        return f"{protocol} with OAUTHBEARER" if self.uses_oauth else protocol

    def _needed(self) -> tuple[str, ...]:
        if self.kafka_security_protocol == "PLAINTEXT":
            return ()
        if self.kafka_security_protocol == "SSL":
            return (*CERTIFICATE, "kafka_ssl_ca_file")
        return (*(OAUTH if self.uses_oauth else SCRAM), "kafka_ssl_ca_file")


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it."""


S = TypeVar("S", bound=ConnectionSettings)


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
