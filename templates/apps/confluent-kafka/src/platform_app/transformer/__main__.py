"""python -m platform_app.transformer"""

import logging
import threading
import time

from platform_app.domain import domain
from platform_app.kafka.cluster import Cluster
from platform_app.kafka.config import group_consumer, transactional_producer
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


def serve(settings: TransformerSettings, shutdown: Shutdown) -> None:
    tally = Tally(TransformerMetrics())
    producer = transactional_producer(settings, settings.kafka_transactional_id)
    transactions = Transactions(
        {**producer, **Cluster("transactions", shutdown).callbacks()}, shutdown
    )
    cluster = Cluster("transformer", shutdown, lambda _: transactions.serve())
    loop = TransformerLoop(
        {**group_consumer(settings), **cluster.callbacks()},
        settings,
        transactions,
        Derivation(domain, settings),
        tally,
        shutdown,
    )

    def readiness() -> list[str]:
        if shutdown.requested:
            return ["draining"]
        reasons = [] if cluster.connected else ["no broker is connected"]
        return reasons if loop.assigned else [*reasons, "no partition is assigned"]

    server = HttpServer(transformer_app(tally, readiness), settings)
    poller = threading.Thread(target=loop.run, name="poll-loop", daemon=True)
    poller.start()
    server.start()
    log.info("Listening on %s:%d.", settings.http_host, settings.http_port)

    shutdown.wait()
    deadline = time.monotonic() + settings.shutdown_timeout_ms / 1000
    # Until the group is left, HTTP still answers, and says "draining".
    poller.join(deadline - time.monotonic())
    if poller.is_alive():
        log.warning("Stopping before the transaction ended; Kafka aborts it.")
    server.stop(max(0, deadline - time.monotonic()))
    log.info("Stopped.")


if __name__ == "__main__":
    run("transformer", TransformerSettings, serve)
