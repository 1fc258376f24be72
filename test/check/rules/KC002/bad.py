import os

from confluent_kafka import Consumer, Producer

servers = {"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"]}
producer = Producer({**servers, "transactional.id": "transfer-0"})
consumer = Consumer(
    {
        **servers,
        "group.id": "transfer",
        # expect KC002
        "enable.auto.commit": True,
        "enable.auto.offset.store": False,
    }
)


def transfer(message):
    producer.begin_transaction()
    producer.produce("copy", message.value())
    producer.send_offsets_to_transaction(
        consumer.position(consumer.assignment()), consumer.consumer_group_metadata()
    )
    producer.commit_transaction()
