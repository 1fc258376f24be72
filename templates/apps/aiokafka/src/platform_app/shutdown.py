"""Why and when the process ends. The first to ask for it counts."""

import asyncio
import logging
import signal
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")

STOPPED = 0
BUG = 1
WRONG_SETTING = 2
KAFKA_REFUSED = 3


class KafkaRefused(Exception):
    """Credentials, certificate, rights, or fenced: trying again would only repeat the answer."""


class Shutdown:
    def __init__(self) -> None:
        self.exit_code = STOPPED
        self._asked = asyncio.Event()

    @property
    def requested(self) -> bool:
        return self._asked.is_set()

    def request(self, exit_code: int = STOPPED) -> None:
        if not self.requested:
            self.exit_code = exit_code
            self._asked.set()

    def refused(self, reason: str) -> None:
        """Kafka said no for good: trying again would only repeat it."""
        if not self.requested:
            log.critical("Kafka refused, stopping: %s", reason)
        self.request(KAFKA_REFUSED)

    async def wait(self) -> None:
        await self._asked.wait()

    async def sleep(self, seconds: float) -> None:
        """Or until the end is asked for."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), seconds)

    async def unless(self, work: Coroutine[None, None, T]) -> T | None:
        """What it returns, or None when the end is asked for first."""
        working = asyncio.ensure_future(work)
        asked = asyncio.ensure_future(self._asked.wait())
        await asyncio.wait((working, asked), return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if working.done():
            return working.result()
        working.cancel()
        return None

    def on_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.request)

    def supervised(self, work: Coroutine[None, None, None], name: str) -> "asyncio.Task[None]":
        """A task that dies takes the process along instead of leaving half a service."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        task.add_done_callback(self._ended)
        return task

    async def ended(self, task: "asyncio.Task[None]", deadline: float) -> bool:
        done, _ = await asyncio.wait([task], timeout=max(0, deadline - time.monotonic()))
        return bool(done)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        failure = None if task.cancelled() else task.exception()
        if isinstance(failure, KafkaRefused):
            self.refused(str(failure))
        elif failure is not None:
            log.critical("A task died of a bug, stopping.", exc_info=failure)
            self.request(BUG)
