import os
import time

from kafka import KafkaProducer
from kafka.errors import NoBrokersAvailable


def connect():
    # Again until brokers are there; nothing is sent meanwhile.
    while True:
        try:
            producer = KafkaProducer(bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"])
            break
        except NoBrokersAvailable:
            time.sleep(1)
    return producer
