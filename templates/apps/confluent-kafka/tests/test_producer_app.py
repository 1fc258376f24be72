import pytest
from starlette.testclient import TestClient

from notes import noted, notes
from platform_app.codec import encode
from platform_app.metrics import ProducerMetrics
from platform_app.producer.app import producer_app
from platform_app.producer.rejections import NOT_DELIVERED, UNAUTHORISED, NotSent, Rejection
from platform_app.producer.sending import Delivery
from platform_app.record import MAX_RECORD_BYTES, Headers


class FakeSender:
    def __init__(self) -> None:
        self.sent: list[tuple[bytes, bytes, Headers]] = []
        self.failure: Exception | None = None

    async def send(self, key: bytes, value: bytes, headers: Headers) -> Delivery:
        if self.failure is not None:
            raise self.failure
        self.sent.append((key, value, headers))
        return Delivery("events", 2, 40)


class Service:
    def __init__(self) -> None:
        self.sender = FakeSender()
        self.metrics = ProducerMetrics()
        self.not_ready: list[str] = []
        app = producer_app(notes, self.sender, self.metrics, readiness=lambda: self.not_ready)
        self.http = TestClient(app, raise_server_exceptions=False)

    def rejected(self, reason: str) -> float | None:
        name = "app_events_rejected_total"
        return self.metrics.registry.get_sample_value(name, {"reason": reason})


@pytest.fixture
def service() -> Service:
    return Service()


def test_an_accepted_event_is_answered_with_its_place(service: Service) -> None:
    event = noted("hello")
    answer = service.http.post("/events", content=encode(event))
    assert answer.status_code == 202
    assert answer.json() == {
        "eventId": str(event.event_id),
        "topic": "events",
        "partition": 2,
        "offset": 40,
    }
    assert 'app_events_produced_total{topic="events"} 1.0' in service.http.get("/metrics").text


def test_the_record_has_the_key_the_bytes_and_the_headers(service: Service) -> None:
    event = noted("hello")
    body = encode(event).replace(b"}", b',  "unknown": 1}')
    service.http.post(
        "/events", content=body, headers={"X-Correlation-Id": "c-1", "traceparent": "00-aa-bb-01"}
    )
    assert service.sender.sent == [
        (
            b"ann",
            body,
            [
                ("event-id", str(event.event_id).encode()),
                ("event-type", b"Noted"),
                ("correlation-id", b"c-1"),
                ("content-type", b"application/json"),
                ("traceparent", b"00-aa-bb-01"),
            ],
        )
    ]


def test_the_correlation_id_is_kept_or_made_and_returned(service: Service) -> None:
    kept = service.http.get("/health/live", headers={"X-Correlation-Id": "c-1"})
    assert kept.headers["X-Correlation-Id"] == "c-1"
    made = [service.http.get("/health/live").headers["X-Correlation-Id"] for _ in range(2)]
    assert len({*made}) == 2
    unfit = service.http.get("/health/live", headers={"X-Correlation-Id": "x" * 1000})
    assert len(unfit.headers["X-Correlation-Id"]) == 36


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"{", 400, "malformed_json"),
        (b"", 400, "malformed_json"),
        (b"\xff", 400, "malformed_json"),
        (b"[]", 422, "invalid_event"),
        (b'{"eventType": "Noted"}', 422, "invalid_event"),
    ],
)
def test_what_is_no_event_is_refused_with_reasons(
    service: Service, body: bytes, status: int, kind: str
) -> None:
    answer = service.http.post("/events", content=body, headers={"X-Correlation-Id": "c-1"})
    assert answer.status_code == status
    error = answer.json()
    assert (error["error"], error["correlationId"]) == (kind, "c-1")
    assert isinstance(error["details"], list)
    assert service.rejected("invalid") == 1
    assert service.sender.sent == []


def test_an_endless_body_is_refused_without_being_kept(service: Service) -> None:
    answer = service.http.post("/events", content=b" " * (MAX_RECORD_BYTES + 1))
    assert (answer.status_code, answer.json()["error"]) == (413, "record_too_large")
    assert service.rejected("too_large") == 1


@pytest.mark.parametrize(("rejection", "retry_after"), [(NOT_DELIVERED, "5"), (UNAUTHORISED, None)])
def test_a_failed_send_is_answered_as_its_rejection_says(
    service: Service, rejection: Rejection, retry_after: str | None
) -> None:
    service.sender.failure = NotSent(rejection, "the cause is for the log")
    answer = service.http.post("/events", content=encode(noted("hello")))
    assert answer.status_code == rejection.status
    assert answer.headers.get("Retry-After") == retry_after
    assert set(answer.json()) == {"error", "message", "correlationId"}
    assert "cause" not in answer.text
    assert service.rejected(rejection.metric) == 1


def test_a_bug_is_answered_without_its_details(service: Service) -> None:
    service.sender.failure = RuntimeError("password=s3cret")
    answer = service.http.post("/events", content=encode(noted("hello")))
    assert (answer.status_code, answer.json()["error"]) == (500, "internal_error")
    assert "s3cret" not in answer.text


def test_readiness_gives_its_reasons(service: Service) -> None:
    assert service.http.get("/health/ready").json() == {"status": "ready"}
    service.not_ready = ["draining"]
    answer = service.http.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "reasons": ["draining"]}
    assert service.http.get("/health/live").status_code == 200


def test_unknown_paths_and_methods_have_the_same_error_shape(service: Service) -> None:
    for answer, kind in (
        (service.http.get("/nowhere"), "not_found"),
        (service.http.get("/events"), "method_not_allowed"),
    ):
        assert answer.json()["error"] == kind
        assert set(answer.json()) == {"error", "message", "correlationId"}
