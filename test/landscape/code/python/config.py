import os

TOPIC = "shop.clicks"
BASE = {
    "bootstrap.servers": os.environ.get("KAFKA_BOOTSTRAP", "localhost:9092"),
    "security.protocol": os.environ["KAFKA_PROTOCOL"],
}
