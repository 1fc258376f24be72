import os

from confluent_kafka import Consumer, Producer

servers = {"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"]}
producer = Producer({**servers, "enable.idempotence": True})
consumer = Consumer({**servers, "group.id": "copy", "enable.auto.commit": False})


def copy(report):
    while True:
        messages = consumer.consume(500, 1.0)
        for message in messages:
            producer.produce("copy", message.value(), on_delivery=report)
            producer.poll(0)
        # Once for all of them, before their offsets are committed.
        producer.flush()
        consumer.commit(asynchronous=False)
