"""Metrics of the transformer."""

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.process_collector import ProcessCollector

from platform_app.metrics import DEAD_LETTER_CLASSES

OUTCOMES = ("committed", "aborted")


class TransformerMetrics:
    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.consumed = Counter(
            "app_events_consumed_total", "Records read.", ["topic"], registry=registry
        )
        self.dead_lettered = Counter(
            "app_events_dead_lettered_total",
            "Records acknowledged by the dead letter topic.",
            ["error_class"],
            registry=registry,
        )
        for error_class in DEAD_LETTER_CLASSES:
            self.dead_lettered.labels(error_class)
        self.transactions = Counter(
            "app_transactions_total", "Transactions by their end.", ["outcome"], registry=registry
        )
        for outcome in OUTCOMES:
            self.transactions.labels(outcome)
