import os

from confluent_kafka import Producer

settings = {"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "enable.idempotence": True}


def report(error, message):
    print(error or message.topic())


def main(events):
    producer = Producer(settings)
    for event in events:
        producer.produce("events", event, on_delivery=report)
    producer.flush()


def elsewhere(events, finish):
    producer = Producer(settings)
    for event in events:
        producer.produce("events", event, on_delivery=report)
    finish(producer)
