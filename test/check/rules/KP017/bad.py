import os

from confluent_kafka import Producer


def report(error, message):
    print(error or message.topic())


def main(events):
    producer = Producer({"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "enable.idempotence": True})
    for event in events:
        # expect KP017
        producer.produce("events", event, on_delivery=report)
