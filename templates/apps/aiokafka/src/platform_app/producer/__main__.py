"""python -m platform_app.producer"""

import logging
import time

from aiokafka import AIOKafkaProducer

from platform_app.domain import domain
from platform_app.kafka.cluster import Cluster
from platform_app.kafka.config import connection, event_producer
from platform_app.kafka.sender import KafkaSender
from platform_app.metrics import ProducerMetrics
from platform_app.process import run
from platform_app.producer.app import producer_app
from platform_app.settings import ProducerSettings
from platform_app.shutdown import STOPPED, Shutdown
from platform_app.web.server import HttpServer

log = logging.getLogger(__name__)


async def serve(settings: ProducerSettings, shutdown: Shutdown) -> None:
    metrics = ProducerMetrics()
    config = event_producer(settings)
    cluster = Cluster(connection(settings), settings.kafka_topic, shutdown)
    sender = KafkaSender(
        lambda: AIOKafkaProducer(**config),
        settings.kafka_topic,
        settings.max_in_flight,
        settings.kafka_delivery_timeout_ms,
        metrics,
    )

    def readiness() -> list[str]:
        if shutdown.requested:
            return ["draining"]
        return [] if cluster.connected else ["no broker is connected"]

    async def connect() -> None:
        await cluster.wait()
        await sender.open()
        await cluster.watch()

    server = HttpServer(producer_app(domain, sender, metrics, readiness), settings)
    server.start(shutdown)
    shutdown.supervised(connect(), "cluster")
    log.info("Listening on %s:%d.", settings.http_host, settings.http_port)

    await shutdown.wait()
    deadline = time.monotonic() + settings.shutdown_timeout_ms / 1000
    if shutdown.exit_code != STOPPED:
        await sender.close(0)
    # Requests end when their event is acknowledged, so stopping the server drains the client.
    await server.stop(deadline - time.monotonic())
    await sender.close(deadline - time.monotonic())
    log.info("Stopped.")


if __name__ == "__main__":
    run("producer", ProducerSettings, serve)
