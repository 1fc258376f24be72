"""python -m platform_app.transformer"""

import logging
import time

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from platform_app.domain import domain
from platform_app.kafka.cluster import Cluster
from platform_app.kafka.config import connection, group_consumer, transactional_producer
from platform_app.kafka.transactions import Transactions
from platform_app.process import run
from platform_app.shutdown import Shutdown
from platform_app.transformer.app import transformer_app
from platform_app.transformer.derivation import Derivation
from platform_app.transformer.loop import TransformerLoop
from platform_app.transformer.metrics import TransformerMetrics
from platform_app.transformer.settings import TransformerSettings
from platform_app.transformer.tally import Tally
from platform_app.web.server import HttpServer

log = logging.getLogger(__name__)


async def serve(settings: TransformerSettings, shutdown: Shutdown) -> None:
    tally = Tally(TransformerMetrics())
    cluster = Cluster(connection(settings), settings.kafka_topic, shutdown)
    transactional_id = settings.kafka_transactional_id
    consumer_config = group_consumer(settings)
    producer_config = transactional_producer(settings, transactional_id)
    loop = TransformerLoop(
        lambda: AIOKafkaConsumer(**consumer_config),
        settings,
        Transactions(lambda: AIOKafkaProducer(**producer_config), transactional_id),
        Derivation(domain, settings),
        tally,
        shutdown,
    )

    def readiness() -> list[str]:
        if shutdown.requested:
            return ["draining"]
        problems = cluster.problems()
        return problems if loop.assigned else [*problems, "no partition is assigned"]

    async def transform() -> None:
        await cluster.wait()
        shutdown.supervised(cluster.watch(), "cluster")
        await loop.run()

    server = HttpServer(transformer_app(tally, readiness), settings)
    transforming = shutdown.supervised(transform(), "poll-loop")
    server.start(shutdown)
    log.info("Listening on %s:%d.", settings.http_host, settings.http_port)

    await shutdown.wait()
    deadline = time.monotonic() + settings.shutdown_timeout_ms / 1000
    # Until the group is left, HTTP still answers, and says "draining".
    if not await shutdown.ended(transforming, deadline):
        log.warning("Stopping before the transaction ended; Kafka aborts it.")
    await server.stop(deadline - time.monotonic())
    log.info("Stopped.")


if __name__ == "__main__":
    run("transformer", TransformerSettings, serve)
