"""What librdkafka reports about its connections: readiness, and refusals that are for good."""

import json
import logging
from collections.abc import Callable
from typing import Any

from confluent_kafka import KafkaError

from platform_app.kafka.refusals import refuses_us
from platform_app.kafka.statistics import Statistics
from platform_app.shutdown import Shutdown

log = logging.getLogger(__name__)

STATISTICS_INTERVAL_MS = 1000
# Reported for each of many attempts while brokers are away; one line at the change is enough.
UNREACHABLE = {
    KafkaError._TRANSPORT,
    KafkaError._RESOLVE,
    KafkaError._ALL_BROKERS_DOWN,
    KafkaError._TIMED_OUT,
}

CLIENT_LOG = logging.getLogger("librdkafka")
# All of these are reported to us as well; failed connections would be twenty lines a second.
REPORTED = ("FAIL ", "FATAL ", "OIDC ", "SSL ")
CLIENT_LOG.addFilter(lambda line: not line.getMessage().startswith(REPORTED))


class Cluster:
    def __init__(
        self,
        client: str,
        shutdown: Shutdown,
        on_statistics: Callable[[Statistics], None] = lambda _: None,
    ) -> None:
        self.connected = False
        self._client = client
        self._shutdown = shutdown
        self._on_statistics = on_statistics
        self._was_connected = False
        self._told = False

    def callbacks(self) -> dict[str, Any]:
        return {
            "error_cb": self._on_error,
            "stats_cb": self._on_stats,
            "statistics.interval.ms": STATISTICS_INTERVAL_MS,
            "logger": CLIENT_LOG,
        }

    def _on_error(self, error: KafkaError) -> None:
        if refuses_us(error) and not self._was_connected:
            # Later on it may be one broker that restarts and hasn't loaded its users yet.
            self._shutdown.refused(f"{error.name()}: {error.str()}")
        elif error.code() == KafkaError._ALL_BROKERS_DOWN:
            self._down()
        elif error.code() not in UNREACHABLE:
            log.error("Kafka: %s", error.str(), extra={"errorClass": error.name()})

    def _on_stats(self, text: str) -> None:
        statistics = json.loads(text)
        brokers = statistics.get("brokers", {}).values()
        # UP comes after TLS and SASL, so it also says that we were let in.
        if any(broker["state"] == "UP" for broker in brokers):
            self._up()
        elif self.connected:
            self._down()
        self._on_statistics(statistics)

    def _up(self) -> None:
        if not self.connected:
            log.info("Connected to Kafka (%s).", self._client)
        self.connected = self._was_connected = True
        self._told = False

    def _down(self) -> None:
        self.connected = False
        if not self._told and not self._shutdown.requested:
            self._told = True
            log.warning("No broker can be reached, trying on (%s).", self._client)
