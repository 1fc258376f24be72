import os

from confluent_kafka import Producer


class Wrapper:
    def __init__(self):
        self._producer = Producer({"bootstrap.servers": os.environ["KAFKA"], "enable.idempotence": True})

    def produce(self, name, *args, **kwargs):
        self._producer.produce(name, *args, **kwargs)

    def flush(self):
        self._producer.flush()
