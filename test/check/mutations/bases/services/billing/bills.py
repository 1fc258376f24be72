import os

from confluent_kafka import Consumer, Producer

SERVERS = os.environ["KAFKA_BOOTSTRAP"]

producer = Producer(
    {
        "bootstrap.servers": SERVERS,
        "acks": "all",
        "enable.idempotence": True,
        "partitioner": "murmur2_random",
    }
)
consumer = Consumer(
    {
        "bootstrap.servers": SERVERS,
        "group.id": "billing",
        "enable.auto.commit": False,
        "auto.offset.reset": "earliest",
    }
)


def report(error, message):
    print(error or message.topic())


def bill(orders):
    for order in orders:
        producer.produce("bills", key=order.customer, value=order.total, on_delivery=report)
        producer.poll(0)
    producer.flush()


def run(handle):
    consumer.subscribe(["orders"])
    while True:
        message = consumer.poll(1.0)
        if message is None or message.error():
            continue
        handle(message)
        consumer.commit(message)
