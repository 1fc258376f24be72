"""librdkafka's settings, each with its reason where it isn't the default's.

Several of librdkafka's defaults are not those of Kafka's Java client: no idempotence, a CRC32
partitioner, no check of record checksums. What matters is therefore said, not inherited.
"""

from platform_app.settings import ConsumerSettings, ProducerSettings, ServiceSettings

Config = dict[str, str | int | bool]

# The broker's default for message.max.bytes, less a little for the batch around the record.
MAX_RECORD_BYTES = 1_000_000


def connection(settings: ServiceSettings) -> Config:
    config: Config = {
        "bootstrap.servers": settings.kafka_bootstrap_servers,
        "client.id": settings.service_name,
        "security.protocol": settings.kafka_security_protocol,
        "socket.keepalive.enable": True,
        # Found again within two seconds after an outage, not within ten.
        "reconnect.backoff.max.ms": 2000,
        # Brokers close idle connections; that is no news.
        "log.connection.close": False,
    }
    if settings.kafka_sasl_password is not None and settings.kafka_security_protocol == "SASL_SSL":
        config |= {
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": str(settings.kafka_sasl_username),
            "sasl.password": settings.kafka_sasl_password.get_secret_value(),
            "ssl.ca.location": str(settings.kafka_ssl_ca_file),
            # A certificate of another host proves nothing.
            "ssl.endpoint.identification.algorithm": "https",
        }
    return config


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


def dead_letter_producer(settings: ConsumerSettings) -> Config:
    return {
        **connection(settings),
        **DURABLE,
        # The consumer waits for it and can't poll meanwhile; it tries again after a back-off.
        "linger.ms": 0,
        "delivery.timeout.ms": 5000,
        "topic.metadata.propagation.max.ms": 2500,
        "compression.type": "lz4",
        # A dead letter is larger than its record, by its headers. The broker decides.
        "message.max.bytes": 10 * MAX_RECORD_BYTES,
    }


def event_consumer(settings: ConsumerSettings) -> Config:
    return {
        **connection(settings),
        "group.id": settings.kafka_group_id,
        # Members keep their partitions in a rebalance, except those that move.
        "partition.assignment.strategy": "cooperative-sticky",
        "session.timeout.ms": 45_000,
        # A new group starts with what is there; the default would skip it.
        "auto.offset.reset": "earliest",
        "isolation.level": "read_committed",
        # Offsets follow effects: a commit on a timer could run ahead of the store.
        "enable.auto.commit": False,
        "enable.auto.offset.store": False,
        # Java checks it by default, librdkafka doesn't.
        "check.crcs": True,
        # Fetch a few batches ahead, within 16 MiB; the default is 100,000 records or 64 MiB.
        "queued.min.messages": max(1000, 2 * settings.max_poll_records),
        "queued.max.messages.kbytes": 16_384,
    }
