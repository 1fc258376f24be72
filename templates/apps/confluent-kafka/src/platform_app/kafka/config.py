"""librdkafka's settings, each with its reason where it isn't the default's.

Several of librdkafka's defaults are not those of Kafka's Java client: no idempotence, a CRC32
partitioner, no check of record checksums. What matters is therefore said, not inherited.
"""

from pydantic import SecretStr

from platform_app.connection import ConnectionSettings
from platform_app.record import MAX_RECORD_BYTES
from platform_app.settings import GroupSettings, ProducerSettings

Config = dict[str, str | int | bool]


def connection(settings: ConnectionSettings) -> Config:
    return {
        "bootstrap.servers": settings.kafka_bootstrap_servers,
        "client.id": settings.service_name,
        "security.protocol": settings.kafka_security_protocol,
        "socket.keepalive.enable": True,
        # Found again within two seconds after an outage, not within ten.
        "reconnect.backoff.max.ms": 2000,
        # Brokers close idle connections; that is no news.
        "log.connection.close": False,
        **_security(settings),
    }


def _security(settings: ConnectionSettings) -> Config:
    if settings.kafka_security_protocol == "PLAINTEXT":
        return {}
    return {
        "ssl.ca.location": str(settings.kafka_ssl_ca_file),
        # A certificate of another host proves nothing.
        "ssl.endpoint.identification.algorithm": "https",
        **_identity(settings),
    }


def _identity(settings: ConnectionSettings) -> Config:
    if settings.kafka_security_protocol == "SSL":
        return {
            "ssl.certificate.location": str(settings.kafka_ssl_certificate_file),
            "ssl.key.location": str(settings.kafka_ssl_key_file),
        }
    if settings.uses_oauth:
        scope = settings.kafka_oauth_scope
        return {
            "sasl.mechanism": "OAUTHBEARER",
            # librdkafka fetches tokens itself, and new ones before they expire.
            "sasl.oauthbearer.method": "oidc",
            "sasl.oauthbearer.token.endpoint.url": str(settings.kafka_oauth_token_url),
            "sasl.oauthbearer.client.id": str(settings.kafka_oauth_client_id),
            "sasl.oauthbearer.client.secret": _secret(settings.kafka_oauth_client_secret),
            **({"sasl.oauthbearer.scope": scope} if scope else {}),
        }
    return {
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": str(settings.kafka_sasl_username),
        "sasl.password": _secret(settings.kafka_sasl_password),
    }


def _secret(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


# An event counts as sent when all in-sync replicas have it, once and in order.
DURABLE: Config = {
    "acks": "all",
    "enable.idempotence": True,
    # The most for which the broker can still put retried batches in order.
    "max.in.flight.requests.per.connection": 5,
    # murmur2 as in the Java client. librdkafka's own default (CRC32) would put a key on
    # another partition than producers in other languages do, and order per key would be lost.
    "partitioner": "murmur2_random",
}


# How long an instance that died mid-way can hold back read_committed readers.
TRANSACTION_TIMEOUT_MS = 30_000

# For what is written in rounds, each waited for.
ANY_SIZE: Config = {
    "linger.ms": 0,
    "compression.type": "lz4",
    # A dead letter is larger than its record, by its headers. The broker decides.
    "message.max.bytes": 10 * MAX_RECORD_BYTES,
}


def event_producer(settings: ProducerSettings) -> Config:
    timeout = settings.kafka_delivery_timeout_ms
    return {
        **connection(settings),
        **DURABLE,
        "linger.ms": 5,
        "batch.size": 65536,
        "compression.type": "lz4",
        "delivery.timeout.ms": timeout,
        # How long a topic may be unknown before it counts as missing: sooner than the
        # delivery timeout, so that the caller learns which of the two it was.
        "topic.metadata.propagation.max.ms": min(5000, timeout // 2),
        "message.max.bytes": MAX_RECORD_BYTES,
        # Both bound the memory that a slow cluster can cost us.
        "queue.buffering.max.messages": settings.max_in_flight,
        "queue.buffering.max.kbytes": 131_072,
    }


def dead_letter_producer(settings: ConnectionSettings) -> Config:
    return {
        **connection(settings),
        **DURABLE,
        **ANY_SIZE,
        # The consumer waits for it and can't poll meanwhile; it tries again after a back-off.
        "delivery.timeout.ms": 5000,
        "topic.metadata.propagation.max.ms": 2500,
    }


def replay_producer(settings: ConnectionSettings) -> Config:
    return {**connection(settings), **DURABLE, **ANY_SIZE, "delivery.timeout.ms": 30_000}


def transactional_producer(settings: ConnectionSettings, transactional_id: str) -> Config:
    return {
        **connection(settings),
        **DURABLE,
        **ANY_SIZE,
        "transactional.id": transactional_id,
        "transaction.timeout.ms": TRANSACTION_TIMEOUT_MS,
        # Has to fit into a transaction.
        "delivery.timeout.ms": 25_000,
    }


def group_consumer(settings: GroupSettings) -> Config:
    instance = settings.kafka_group_instance_id
    return {
        **reader(settings, settings.kafka_group_id),
        **GROUP_PROTOCOLS[settings.kafka_group_protocol],
        **({"group.instance.id": instance} if instance else {}),
        # Fetch a few batches ahead, within 16 MiB; the default is 100,000 records or 64 MiB.
        "queued.min.messages": max(1000, 2 * settings.max_poll_records),
        "queued.max.messages.kbytes": 16_384,
    }


def reader(settings: ConnectionSettings, group: str) -> Config:
    return {
        **connection(settings),
        "group.id": group,
        # A new group starts with what is there; the default would skip it.
        "auto.offset.reset": "earliest",
        "isolation.level": "read_committed",
        # Offsets follow effects: a commit on a timer could run ahead of the store.
        "enable.auto.commit": False,
        "enable.auto.offset.store": False,
        # Java checks it by default, librdkafka doesn't.
        "check.crcs": True,
    }


GROUP_PROTOCOLS: dict[str, Config] = {
    "classic": {
        "group.protocol": "classic",
        # Members keep their partitions in a rebalance, except those that move.
        "partition.assignment.strategy": "cooperative-sticky",
        "session.timeout.ms": 45_000,
    },
    # KIP-848: the broker assigns, and has the session timeout (group.consumer.session.timeout.ms,
    # 45 s). librdkafka refuses both settings here.
    "consumer": {"group.protocol": "consumer"},
}
