import os

from confluent_kafka import Consumer

# expect KC001
consumer = Consumer({"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "group.id": "billing"})
consumer.subscribe(["orders"])
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        print(message.value())
