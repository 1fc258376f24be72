import os

from confluent_kafka import Producer

servers = {"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"]}

producers = [
    Producer({**servers, "enable.idempotence": True}),
    Producer({**servers, "max.in.flight": 1}),
    Producer({**servers, "transactional.id": "orders-0"}),
]


def producer(settings):
    return Producer({**servers, **settings})
