import os

from confluent_kafka import Producer
from messaging import Producer as Other

settings = {"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "acks": "0"}
settings["acks"] = "all"
settings.update({"enable.idempotence": True})

producer = Producer(settings)
# Of some other library.
other = Other({"acks": 0})
