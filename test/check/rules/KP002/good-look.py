import os

from aiokafka import AIOKafkaProducer


async def is_there():
    # A look whether brokers answer; nothing is sent.
    producer = AIOKafkaProducer(bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"])
    await producer.start()
    await producer.stop()
    return True
