import os

from confluent_kafka import Producer

# expect KP006
producer = Producer({"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "linger.ms": 20})
