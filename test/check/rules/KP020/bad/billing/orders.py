import os

from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "enable.idempotence": True})


def change(order, value, report):
    # expect KP020
    producer.produce("orders", key=order, value=value, on_delivery=report)
    producer.poll(0)
