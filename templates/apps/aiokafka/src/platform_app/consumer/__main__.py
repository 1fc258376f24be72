"""python -m platform_app.consumer"""

import logging
import time

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from platform_app.consumer.app import consumer_app
from platform_app.consumer.batch import BatchProcessor
from platform_app.consumer.lag import Lag
from platform_app.consumer.loop import ConsumerLoop
from platform_app.domain import domain
from platform_app.kafka.cluster import Cluster
from platform_app.kafka.config import connection, group_consumer, writer
from platform_app.kafka.writer import Writer
from platform_app.metrics import ConsumerMetrics
from platform_app.process import run
from platform_app.settings import ConsumerSettings
from platform_app.shutdown import Shutdown
from platform_app.store.database import database_of
from platform_app.store.events import EventStore
from platform_app.web.server import HttpServer

log = logging.getLogger(__name__)

# Heartbeats go on while dead letters are written, but a rebalance waits for them.
DEAD_LETTER_SECONDS = 5


async def serve(settings: ConsumerSettings, shutdown: Shutdown) -> None:
    metrics = ConsumerMetrics()
    store = EventStore(database_of(settings.database_url.get_secret_value()), domain)
    cluster = Cluster(connection(settings), settings.kafka_topic, shutdown)
    config, dead_letter_config = group_consumer(settings), writer(settings)
    loop = ConsumerLoop(
        lambda: AIOKafkaConsumer(**config),
        settings,
        BatchProcessor(domain, store, metrics),
        Writer(lambda: AIOKafkaProducer(**dead_letter_config), DEAD_LETTER_SECONDS, must_fit=True),
        metrics,
        Lag(metrics.lag),
        shutdown,
    )

    def readiness() -> list[str]:
        if shutdown.requested:
            return ["draining"]
        problems = cluster.problems()
        return problems if loop.assigned else [*problems, "no partition is assigned"]

    async def consume() -> None:
        await cluster.wait()
        shutdown.supervised(cluster.watch(), "cluster")
        await loop.run()

    server = HttpServer(consumer_app(domain, store, metrics, readiness), settings)
    consuming = shutdown.supervised(consume(), "poll-loop")
    server.start(shutdown)
    log.info("Listening on %s:%d.", settings.http_host, settings.http_port)

    await shutdown.wait()
    deadline = time.monotonic() + settings.shutdown_timeout_ms / 1000
    # Until the group is left, HTTP still answers, and says "draining".
    if not await shutdown.ended(consuming, deadline):
        log.warning("Stopping before the group was left; its partitions move after the session.")
    await server.stop(deadline - time.monotonic())
    log.info("Stopped.")


if __name__ == "__main__":
    run("consumer", ConsumerSettings, serve)
