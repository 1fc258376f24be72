import os

from kafka import KafkaProducer

producer = KafkaProducer(bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"])


def order(value):
    producer.send("orders", value).get(timeout=10)
    # expect KT020
    producer.send("bills", value).get(timeout=10)
