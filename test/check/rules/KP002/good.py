import os

from aiokafka import AIOKafkaProducer


def producers(settings):
    return [
        AIOKafkaProducer(bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"], enable_idempotence=True),
        AIOKafkaProducer(bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"], acks="all"),
        AIOKafkaProducer(**settings),
    ]
