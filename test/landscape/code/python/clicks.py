import json
import os

from confluent_kafka import Consumer, Producer, SerializingProducer
from confluent_kafka.admin import AdminClient, NewTopic

from .config import BASE, TOPIC


class Clicks:
    def __init__(self, acks="all"):
        self.producer = Producer({**BASE, "request.required.acks": 1, "linger.ms": 50, "acks.note": acks})

    def click(self, user, page):
        self.producer.produce(TOPIC, key=user, value=json.dumps(page))
        self.producer.poll(0)

    def clicks(self, pages):
        for page in pages:
            self.producer.produce("shop.pages", json.dumps(page))
            self.producer.flush()


def consume():
    conf = dict(BASE, **{"group.id": "clicks"})
    conf["enable.auto.commit"] = False
    conf.update({"auto.offset.reset": os.getenv("RESET", "earliest"), "session.timeout.ms": 6000})
    if os.environ.get("FAST"):
        conf["fetch.min.bytes"] = 1
    consumer = Consumer(conf)
    consumer.subscribe([TOPIC, f"{TOPIC}.retry"])
    while True:
        message = consumer.poll(1.0)
        consumer.commit(message)


def unwatched(event):
    producer = SerializingProducer({"bootstrap.servers": "kafka-1:9092,kafka-2:9092"})
    producer.produce(topic="shop.events", value=event, on_delivery=print)


admin = AdminClient(BASE)
admin.create_topics([NewTopic("shop.clicks", num_partitions=6, replication_factor=1)])
