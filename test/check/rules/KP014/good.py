import os

from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "enable.idempotence": True})


def report(error, message):
    if error:
        raise RuntimeError(error)


def order(value):
    producer.produce("orders", value, on_delivery=report)
    producer.poll(0)
