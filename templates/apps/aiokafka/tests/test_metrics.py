from prometheus_client import generate_latest

from platform_app.metrics import ConsumerMetrics, ProducerMetrics


def lines(metrics: ProducerMetrics | ConsumerMetrics) -> list[str]:
    return generate_latest(metrics.registry).decode().splitlines()


def test_the_producers_series_exist_from_the_start() -> None:
    page = lines(ProducerMetrics())
    for reason in (
        "invalid",
        "too_large",
        "unauthorised",
        "unknown_topic",
        "timeout",
        "queue_full",
    ):
        assert f'app_events_rejected_total{{reason="{reason}"}} 0.0' in page
    assert "app_events_in_flight 0.0" in page


def test_the_consumers_series_exist_from_the_start() -> None:
    page = lines(ConsumerMetrics())
    for error_class in ("Undecodable", "InvalidEvent", "HandlerFailed"):
        assert f'app_events_dead_lettered_total{{error_class="{error_class}"}} 0.0' in page
    for name in ("app_events_duplicate_total", "app_events_retried_total", "app_consumer_paused"):
        assert f"{name} 0.0" in page
