"""aiokafka's settings, each with its reason where it isn't the default's.

By default aiokafka asks for one acknowledgement and repeats what a retry wrote twice. What matters
is therefore said, not inherited.
"""

import ssl
from typing import Any

from aiokafka.coordinator.assignors.sticky.sticky_assignor import StickyPartitionAssignor
from aiokafka.partitioner import DefaultPartitioner

from platform_app.connection import ConnectionSettings, SettingsError
from platform_app.kafka.tokens import OidcTokens
from platform_app.record import MAX_RECORD_BYTES
from platform_app.settings import GroupSettings, ProducerSettings

Config = dict[str, Any]

# How long the broker waits for heartbeats before the partitions of a member move.
SESSION_TIMEOUT_MS = 45_000
# How long an instance that died mid-way can hold back read_committed readers. Less than a session:
# see transactions.py.
TRANSACTION_TIMEOUT_MS = 30_000


def connection(settings: ConnectionSettings) -> Config:
    return {
        "bootstrap_servers": settings.kafka_bootstrap_servers,
        "client_id": settings.service_name,
        "security_protocol": settings.kafka_security_protocol,
        # Topics and leaders that changed are noticed in seconds, not in five minutes.
        "metadata_max_age_ms": 10_000,
        # Also how long a broker that accepts and never answers is waited for.
        "request_timeout_ms": 10_000,
        "retry_backoff_ms": 200,
        **_security(settings),
    }


def _security(settings: ConnectionSettings) -> Config:
    if settings.kafka_security_protocol == "PLAINTEXT":
        return {}
    context = _tls(settings)
    if settings.kafka_security_protocol == "SSL":
        return {"ssl_context": context}
    if settings.uses_oauth:
        return {
            "ssl_context": context,
            "sasl_mechanism": "OAUTHBEARER",
            "sasl_oauth_token_provider": OidcTokens(settings),
        }
    password = settings.kafka_sasl_password
    return {
        "ssl_context": context,
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": str(settings.kafka_sasl_username),
        "sasl_plain_password": password.get_secret_value() if password else "",
    }


def _tls(settings: ConnectionSettings) -> ssl.SSLContext:
    """Trusts our CA only, and verifies host names: Python's default context does."""
    try:
        context = ssl.create_default_context(cafile=settings.kafka_ssl_ca_file)
    except ssl.SSLError as error:
        raise SettingsError(f"KAFKA_SSL_CA_FILE: {error}") from error
    if settings.kafka_security_protocol == "SSL":
        files = (settings.kafka_ssl_certificate_file, settings.kafka_ssl_key_file)
        try:
            context.load_cert_chain(*map(str, files))
        except ssl.SSLError as error:
            names = "KAFKA_SSL_CERTIFICATE_FILE, KAFKA_SSL_KEY_FILE"
            raise SettingsError(f"{names}: {error}") from error
    return context


# An event counts as sent when all in-sync replicas have it, once and in order.
# aiokafka has one request for a partition under way at a time, so there is no limit to set.
DURABLE: Config = {
    "acks": "all",
    "enable_idempotence": True,
    # murmur2, as in the Java client: producers in every language put a key on the same partition.
    # A record without a key goes to a random one.
    "partitioner": DefaultPartitioner(),
    "compression_type": "lz4",
}


def event_producer(settings: ProducerSettings) -> Config:
    return {
        **connection(settings),
        **DURABLE,
        "linger_ms": 5,
        "max_batch_size": 65536,
        "max_request_size": MAX_RECORD_BYTES,
    }


def writer(settings: ConnectionSettings) -> Config:
    """For what is written in rounds, each waited for."""
    return {
        **connection(settings),
        **DURABLE,
        # A dead letter is larger than its record, by its headers. The broker decides.
        "max_request_size": 10 * MAX_RECORD_BYTES,
    }


def transactional_producer(settings: ConnectionSettings, transactional_id: str) -> Config:
    return {
        **writer(settings),
        "transactional_id": transactional_id,
        "transaction_timeout_ms": TRANSACTION_TIMEOUT_MS,
    }


def group_consumer(settings: GroupSettings) -> Config:
    if settings.kafka_group_protocol != "classic":
        raise SettingsError(
            "KAFKA_GROUP_PROTOCOL: aiokafka knows the classic protocol only, not KIP-848's consumer"
        )
    return {
        **reader(settings, settings.kafka_group_id),
        "group_instance_id": settings.kafka_group_instance_id,
        # Sticky as to who gets what. Still every member gives up all its partitions in every
        # rebalance: aiokafka has no cooperative protocol.
        "partition_assignment_strategy": (StickyPartitionAssignor,),
        "session_timeout_ms": SESSION_TIMEOUT_MS,
        "heartbeat_interval_ms": 3_000,
        "max_partition_fetch_bytes": 2 * MAX_RECORD_BYTES,
        "fetch_max_bytes": 16 * MAX_RECORD_BYTES,
    }


def reader(settings: ConnectionSettings, group: str) -> Config:
    return {
        **connection(settings),
        "group_id": group,
        # A new group starts with what is there; the default would skip it.
        "auto_offset_reset": "earliest",
        "isolation_level": "read_committed",
        # Offsets follow effects: a commit on a timer could run ahead of the store.
        "enable_auto_commit": False,
    }
