"""Posts events at a rate, several at a time, those of one key one after the other."""

import http.client
import json
import time
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from queue import Queue
from threading import Lock, Thread
from urllib.parse import urlsplit

# So many that few keys share one: what bounds the rate is the busiest key, which waits for itself.
LANES = 64
# In all lanes about 10,000: a producer that is slow slows us down instead of filling our memory.
LANE_CAPACITY = 150
# A producer that answers 503 is full or cut off for the moment.
ATTEMPTS = 5
TIMEOUT_SECONDS = 60


@dataclass(slots=True)
class Outcome:
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def sent(self) -> int:
        return self.accepted + self.refused.total()


class Posting:
    def __init__(self, url: str, rate: float = 0) -> None:
        self._url = urlsplit(url)
        if self._url.scheme != "http" or not self._url.hostname:
            raise SystemExit(f"--url must be http://host:port, not {url}")
        self._rate = rate
        self._outcome = Outcome()
        self._lock = Lock()

    def post_all(self, events: Iterable[tuple[str, bytes]]) -> Outcome:
        lanes: list[Queue[bytes | None]] = [Queue(LANE_CAPACITY) for _ in range(LANES)]
        threads = [Thread(target=self._serve, args=(lane,), daemon=True) for lane in lanes]
        for thread in threads:
            thread.start()
        begun = time.monotonic()
        for number, (key, event) in enumerate(events):
            if self._rate > 0:
                time.sleep(max(0, begun + number / self._rate - time.monotonic()))
            # One key, one lane: its events arrive in the order in which they happened.
            lanes[zlib.crc32(key.encode()) % LANES].put(event)
        for lane in lanes:
            lane.put(None)
        for thread in threads:
            thread.join()
        return self._outcome

    def _serve(self, lane: "Queue[bytes | None]") -> None:
        connection = http.client.HTTPConnection(
            self._url.hostname or "", self._url.port or 80, timeout=TIMEOUT_SECONDS
        )
        attempts = ATTEMPTS
        while (event := lane.get()) is not None:
            refusal = self._post(connection, event, attempts)
            # A producer that was away for one event won't be waited for with every other.
            attempts = ATTEMPTS if refusal is None else 1
            with self._lock:
                if refusal is None:
                    self._outcome.accepted += 1
                else:
                    self._outcome.refused[refusal] += 1
        connection.close()

    def _post(
        self, connection: http.client.HTTPConnection, event: bytes, attempts: int
    ) -> str | None:
        """None when the event was accepted, otherwise the last answer."""
        answer = ""
        for attempt in range(attempts):
            retry_after = 0.2 * 2**attempt
            try:
                connection.request(
                    "POST",
                    self._url.path.rstrip("/") + "/events",
                    event,
                    {"Content-Type": "application/json"},
                )
                response = connection.getresponse()
                body = response.read()
            except (OSError, http.client.HTTPException) as error:
                # Also a kept-alive connection that the server closed. Repeating is safe:
                # the event keeps its id.
                connection.close()
                answer = f"{type(error).__name__}: {error}"
            else:
                if response.status == 202:
                    return None
                answer = f"{response.status} {_kind(body)}"
                if response.status != 503:
                    return answer
                # A proxy may answer with a date; then ours is as good.
                if (given := response.headers.get("Retry-After", "")).isdecimal():
                    retry_after = float(given)
            if attempt + 1 < attempts:
                time.sleep(retry_after)
        return answer


def _kind(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return "(no reason given)"
