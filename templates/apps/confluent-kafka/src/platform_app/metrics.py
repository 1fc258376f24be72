"""Metrics of producer and consumer. Series without open labels exist from the start, at 0."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.process_collector import ProcessCollector

REJECTIONS = ("invalid", "too_large", "unauthorised", "unknown_topic", "timeout", "queue_full")
DEAD_LETTER_CLASSES = ("Undecodable", "InvalidEvent", "HandlerFailed")

# Delivery and batches take milliseconds, or as long as a broker or a store is away.
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

# One `_created` series per counter would double the page for nothing.
disable_created_metrics()  # type: ignore[no-untyped-call]


class ProducerMetrics:
    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.produced = Counter(
            "app_events_produced_total",
            "Events acknowledged by all in-sync replicas.",
            ["topic"],
            registry=registry,
        )
        self.rejected = Counter(
            "app_events_rejected_total",
            "Events answered with an error.",
            ["reason"],
            registry=registry,
        )
        for reason in REJECTIONS:
            self.rejected.labels(reason)
        self.in_flight = Gauge(
            "app_events_in_flight", "Events waiting for acknowledgement.", registry=registry
        )
        self.delivery = Histogram(
            "app_event_delivery_seconds",
            "Time from handing an event to the client until its acknowledgement.",
            buckets=SECONDS,
            registry=registry,
        )


class ConsumerMetrics:
    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.consumed = Counter(
            "app_events_consumed_total", "Records read.", ["topic"], registry=registry
        )
        self.applied = Counter(
            "app_events_applied_total",
            "Events whose effect is in the store.",
            ["event_type"],
            registry=registry,
        )
        self.duplicate = Counter(
            "app_events_duplicate_total",
            "Events skipped because their effect was there already.",
            registry=registry,
        )
        self.dead_lettered = Counter(
            "app_events_dead_lettered_total",
            "Records acknowledged by the dead letter topic.",
            ["error_class"],
            registry=registry,
        )
        for error_class in DEAD_LETTER_CLASSES:
            self.dead_lettered.labels(error_class)
        self.retried = Counter(
            "app_events_retried_total",
            "Records tried again because the store or the dead letter topic was away.",
            registry=registry,
        )
        self.processing = Histogram(
            "app_event_processing_seconds",
            "Time to apply one batch.",
            buckets=SECONDS,
            registry=registry,
        )
        self.lag = Gauge(
            "app_consumer_lag_records",
            "Records between the committed offset and the end of the partition.",
            ["topic", "partition"],
            registry=registry,
        )
        self.paused = Gauge(
            "app_consumer_paused", "1 while partitions are paused.", registry=registry
        )
