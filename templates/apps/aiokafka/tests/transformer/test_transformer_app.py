from starlette.testclient import TestClient

from notes import record
from platform_app.dead_letters import DeadLetter
from platform_app.record import Outgoing
from platform_app.transformer.app import transformer_app
from platform_app.transformer.derivation import Derived
from platform_app.transformer.metrics import TransformerMetrics
from platform_app.transformer.tally import Tally


def test_stats_and_metrics_count_what_was_committed() -> None:
    tally = Tally(TransformerMetrics())
    http = TestClient(transformer_app(tally, readiness=list))
    assert http.get("/stats").json() == {"transformed": 0, "deadLettered": 0}
    event = Outgoing("derived", b"key", b"{}", [])
    tally.aborted()
    tally.committed(
        Derived(events=[event, event], dead=[DeadLetter(record(b""), "Undecodable", "no", 1)])
    )
    assert http.get("/stats").json() == {"transformed": 2, "deadLettered": 1}
    page = http.get("/metrics").text.splitlines()
    assert 'app_transactions_total{outcome="committed"} 1.0' in page
    assert 'app_transactions_total{outcome="aborted"} 1.0' in page
    assert 'app_events_dead_lettered_total{error_class="Undecodable"} 1.0' in page


def test_the_series_exist_from_the_start() -> None:
    http = TestClient(transformer_app(Tally(TransformerMetrics()), readiness=list))
    page = http.get("/metrics").text.splitlines()
    for outcome in ("committed", "aborted"):
        assert f'app_transactions_total{{outcome="{outcome}"}} 0.0' in page
    for error_class in ("Undecodable", "InvalidEvent", "HandlerFailed"):
        assert f'app_events_dead_lettered_total{{error_class="{error_class}"}} 0.0' in page
