import os

from confluent_kafka import Producer

producer = Producer(
    {
        "bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"],
        "enable.idempotence": True,
        "partitioner": "murmur2_random",
    }
)


def change(order, value, report):
    producer.produce("orders", key=order, value=value, on_delivery=report)
    producer.produce("bills", key=order, value=value, on_delivery=report)
    producer.poll(0)
