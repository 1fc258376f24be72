import os

from aiokafka import AIOKafkaProducer


async def send(events):
    # expect KP002
    producer = AIOKafkaProducer(bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"])
    await producer.start()
    for event in events:
        await producer.send_and_wait("events", event)
    await producer.stop()
