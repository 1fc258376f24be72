import os

from aiokafka import AIOKafkaConsumer

consumer = AIOKafkaConsumer(
    "refunds",
    bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"],
    group_id="workers",
)
