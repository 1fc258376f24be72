"""python -m platform_app.producer"""

import logging
import time

from platform_app.domain import domain
from platform_app.kafka.cluster import Cluster
from platform_app.kafka.config import event_producer
from platform_app.kafka.sender import KafkaSender
from platform_app.metrics import ProducerMetrics
from platform_app.process import run
from platform_app.producer.app import producer_app
from platform_app.settings import ProducerSettings
from platform_app.shutdown import STOPPED, Shutdown
from platform_app.web.server import HttpServer

log = logging.getLogger(__name__)


def serve(settings: ProducerSettings, shutdown: Shutdown) -> None:
    metrics = ProducerMetrics()
    cluster = Cluster("producer", shutdown)
    sender = KafkaSender(
        {**event_producer(settings), **cluster.callbacks()},
        settings.kafka_topic,
        settings.max_in_flight,
        metrics,
        shutdown,
    )

    def readiness() -> list[str]:
        if shutdown.requested:
            return ["draining"]
        return [] if cluster.connected else ["no broker is connected"]

    server = HttpServer(producer_app(domain, sender, metrics, readiness), settings)
    sender.start()
    server.start()
    log.info("Listening on %s:%d.", settings.http_host, settings.http_port)

    shutdown.wait()
    deadline = time.monotonic() + settings.shutdown_timeout_ms / 1000
    if shutdown.exit_code != STOPPED:
        sender.purge()
    # Requests end when their delivery report arrives, so stopping the server drains the client.
    server.stop(deadline - time.monotonic())
    sender.close(max(0, deadline - time.monotonic()))
    log.info("Stopped.")


if __name__ == "__main__":
    run("producer", ProducerSettings, serve)
