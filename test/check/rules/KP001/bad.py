import os

from confluent_kafka import Producer

common = {"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "enable.idempotence": False}

producer = Producer(
    {
        **common,
        # expect KP001
        "request.required.acks": 0,
    }
)
