"""The generator, with whatever domain this project has."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate, islice, pairwise
from threading import Lock, Thread

import pytest

from platform_app.codec import decode
from platform_app.domain import domain
from platform_app.generate import main, samples
from platform_app.posting import Posting
from platform_app.store.events import EventStore
from support import OpenStore, apply


class FakeProducer(ThreadingHTTPServer):
    """Answers with the given statuses in turn, then with 202."""

    def __init__(self, *statuses: int) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.statuses = list(statuses)
        self.bodies: list[bytes] = []
        self.lock = Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Or each answer waits 40 ms for the acknowledgement of its headers.
    disable_nagle_algorithm = True
    server: FakeProducer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            status = self.server.statuses.pop(0) if self.server.statuses else 202
            if status == 202:
                self.server.bodies.append(body)
        self.send_response(status)
        answer = b'{"error": "some_kind"}'
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def producer() -> Iterator[FakeProducer]:
    server = FakeProducer()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def first(count: int, seed: int = 1) -> list[tuple[str, bytes]]:
    return list(islice(samples(domain, seed), count))


def test_the_same_seed_gives_the_same_events() -> None:
    assert first(200, seed=7) == first(200, seed=7)
    assert first(200, seed=7) != first(200, seed=8)


def test_every_sample_is_a_valid_event_of_its_own() -> None:
    events = [decode(domain.events, value) for _, value in first(500)]
    assert len({event.event_id for event in events}) == 500
    assert [domain.key(event) for event in events] == [key for key, _ in first(500)]


def test_about_one_event_in_a_hundred_is_late() -> None:
    times = [decode(domain.events, value).occurred_at for _, value in first(5000)]
    newest = accumulate(times, max)
    late = sum(
        (so_far - moment).total_seconds() > 60 for moment, so_far in zip(times, newest, strict=True)
    )
    assert 20 < late < 100


def test_samples_are_applied_without_a_refusal(open_store: OpenStore) -> None:
    store: EventStore = open_store(domain)
    applied = apply(domain, store, [value for _, value in first(500)])
    assert applied.failed == []
    assert store.stats() == {"events": 500, "effects": 500}


def test_print_writes_one_event_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "3", "--seed", "5", "--print"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [value.decode() for _, value in first(3, seed=5)]
    assert all(json.loads(line)["eventId"] for line in lines)


def test_all_events_are_posted_and_those_of_a_key_in_order(producer: FakeProducer) -> None:
    assert main(["--count", "300", "--seed", "5", "--url", producer.url]) == 0
    expected = first(300, seed=5)
    assert sorted(producer.bodies) == sorted(value for _, value in expected)
    key_of = {value: key for key, value in expected}
    for key in {key for key, _ in expected}:
        assert [b for b in producer.bodies if key_of[b] == key] == [
            value for other, value in expected if other == key
        ]


def test_a_busy_producer_is_asked_again(producer: FakeProducer) -> None:
    producer.statuses = [503, 503]
    outcome = Posting(producer.url).post_all(first(1))
    assert (outcome.accepted, len(producer.bodies)) == (1, 1)


def test_events_that_are_not_accepted_fail_the_run(
    producer: FakeProducer, capsys: pytest.CaptureFixture[str]
) -> None:
    producer.statuses = [422]
    assert main(["--count", "5", "--url", producer.url]) == 1
    assert "1 not accepted: 422 some_kind" in capsys.readouterr().err


def test_a_producer_that_is_gone_ends_the_run_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform_app.posting.ATTEMPTS", 2)
    begun = time.monotonic()
    outcome = Posting("http://127.0.0.1:1").post_all(first(500))
    assert (outcome.accepted, outcome.refused.total()) == (0, 500)
    assert time.monotonic() - begun < 5


def test_duplicates_come_later_with_the_same_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "1000", "--seed", "5", "--duplicates", "10", "--print"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1100
    # The events themselves are those of a run without duplicates, in the same order.
    assert list(dict.fromkeys(lines)) == [value.decode() for _, value in first(1000, seed=5)]
    assert sum(earlier != later for earlier, later in pairwise(lines)) > 1090


def test_duplicates_count_as_events_of_the_run(
    producer: FakeProducer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--count", "20", "--duplicates", "50", "--url", producer.url]) == 0
    assert "30 of 30 events accepted" in capsys.readouterr().err
    assert len(producer.bodies) == 30


def test_a_rate_spreads_events_over_time(producer: FakeProducer) -> None:
    begun = time.monotonic()
    Posting(producer.url, rate=50).post_all(first(11))
    assert time.monotonic() - begun >= 0.2


@pytest.mark.parametrize(
    "arguments", [["--count", "-1"], ["--url", "ftp://x"], ["--duplicates", "101"]]
)
def test_wrong_use_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
