"""python -m platform_app.consumer"""

import logging
import threading
import time

from platform_app.consumer.app import consumer_app
from platform_app.consumer.batch import BatchProcessor
from platform_app.consumer.lag import Lag
from platform_app.consumer.loop import ConsumerLoop
from platform_app.domain import domain
from platform_app.kafka.cluster import Cluster
from platform_app.kafka.config import dead_letter_producer, group_consumer
from platform_app.kafka.statistics import Statistics, observe_lag
from platform_app.kafka.writer import Writer
from platform_app.metrics import ConsumerMetrics
from platform_app.process import run
from platform_app.settings import ConsumerSettings
from platform_app.shutdown import Shutdown
from platform_app.store.database import database_of
from platform_app.store.events import EventStore
from platform_app.web.server import HttpServer

log = logging.getLogger(__name__)


def serve(settings: ConsumerSettings, shutdown: Shutdown) -> None:
    metrics = ConsumerMetrics()
    store = EventStore(database_of(settings.database_url.get_secret_value()), domain)
    dead_letters = Writer(
        {**dead_letter_producer(settings), **Cluster("dead letters", shutdown).callbacks()},
        must_fit=True,
    )
    lag = Lag(metrics.lag)

    def on_statistics(statistics: Statistics) -> None:
        observe_lag(statistics, loop.assigned, lag)
        dead_letters.serve()

    cluster = Cluster("consumer", shutdown, on_statistics)
    loop = ConsumerLoop(
        {**group_consumer(settings), **cluster.callbacks()},
        settings,
        BatchProcessor(domain, store, metrics),
        dead_letters,
        metrics,
        lag,
        shutdown,
    )

    def readiness() -> list[str]:
        if shutdown.requested:
            return ["draining"]
        reasons = [] if cluster.connected else ["no broker is connected"]
        return reasons if loop.assigned else [*reasons, "no partition is assigned"]

    server = HttpServer(consumer_app(domain, store, metrics, readiness), settings)
    poller = threading.Thread(target=loop.run, name="poll-loop", daemon=True)
    poller.start()
    server.start()
    log.info("Listening on %s:%d.", settings.http_host, settings.http_port)

    shutdown.wait()
    deadline = time.monotonic() + settings.shutdown_timeout_ms / 1000
    # Until the group is left, HTTP still answers, and says "draining".
    poller.join(deadline - time.monotonic())
    if poller.is_alive():
        log.warning("Stopping before the group was left; its partitions move after the session.")
    server.stop(max(0, deadline - time.monotonic()))
    log.info("Stopped.")


if __name__ == "__main__":
    run("consumer", ConsumerSettings, serve)
