"""Why and when the process ends. Any thread or signal handler may ask for it; the first counts."""

import logging
import signal
import threading
from queue import SimpleQueue

log = logging.getLogger(__name__)

STOPPED = 0
BUG = 1
WRONG_SETTING = 2
KAFKA_REFUSED = 3


class KafkaRefused(Exception):
    """Credentials, certificate, rights, or fenced: trying again would only repeat the answer."""


class Shutdown:
    def __init__(self) -> None:
        self.requested = False
        self.exit_code = STOPPED
        # Unlike Event.set(), SimpleQueue.put() is safe in a signal handler that interrupts get().
        self._wake: SimpleQueue[None] = SimpleQueue()

    def request(self, exit_code: int = STOPPED) -> None:
        if not self.requested:
            self.exit_code = exit_code
            self.requested = True
        self._wake.put(None)

    def refused(self, reason: str) -> None:
        """Kafka said no for good: trying again would only repeat it."""
        if not self.requested:
            log.critical("Kafka refused, stopping: %s", reason)
        self.request(KAFKA_REFUSED)

    def wait(self) -> None:
        self._wake.get()

    def on_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.request())

    def on_thread_failure(self) -> None:
        """A thread that dies of a bug takes the process along instead of leaving half a service."""

        def stop(failure: threading.ExceptHookArgs) -> None:
            log.critical(
                "A thread died of a bug, stopping.",
                exc_info=failure.exc_value,
            )
            self.request(BUG)

        threading.excepthook = stop
