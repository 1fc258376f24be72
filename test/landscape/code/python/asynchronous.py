from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from kafka import KafkaProducer as Blocking


async def send(events):
    async with AIOKafkaProducer(bootstrap_servers="kafka-1:9092", enable_idempotence=True) as producer:
        for event in events:
            await producer.send_and_wait("shop.events", event, key=b"a")


async def read():
    consumer = AIOKafkaConsumer(
        "shop.events",
        "shop.clicks",
        bootstrap_servers=["kafka-1:9092", "kafka-2:9092"],
        group_id="reports",
        session_timeout_ms=9_000,
    )
    await consumer.start()


def blocking(options):
    producer = Blocking(acks=0, retries=5, **options)
    producer.send("shop.events", b"x")
