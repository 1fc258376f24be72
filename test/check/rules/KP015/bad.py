import os

from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "enable.idempotence": True})


def send(orders, report):
    for order in orders:
        producer.produce("orders", order, on_delivery=report)
        # expect KP015
        producer.flush()
