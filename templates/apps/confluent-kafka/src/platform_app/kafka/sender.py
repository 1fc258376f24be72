"""From asyncio to librdkafka and back: a send ends when its delivery report arrives.

librdkafka serves delivery reports only while somebody polls. One thread does nothing else, and
hands each report to the event loop, since asyncio's futures belong to the loop's thread.
"""

import asyncio
import logging
import threading
import time
from contextlib import suppress
from typing import Any

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from platform_app.kafka.refusals import is_fatal
from platform_app.kafka.rejections import rejection_of
from platform_app.metrics import ProducerMetrics
from platform_app.producer.rejections import QUEUE_FULL, NotSent
from platform_app.producer.sending import Delivery
from platform_app.record import Headers
from platform_app.shutdown import Shutdown

log = logging.getLogger(__name__)


class KafkaSender:
    def __init__(
        self,
        config: dict[str, Any],
        topic: str,
        max_in_flight: int,
        metrics: ProducerMetrics,
        shutdown: Shutdown,
    ) -> None:
        self._producer = Producer(config)
        self._topic = topic
        self._max_in_flight = max_in_flight
        self._metrics = metrics
        self._shutdown = shutdown
        self._in_flight = 0
        metrics.in_flight.set_function(lambda: self._in_flight)
        self._closing = False
        self._poller = threading.Thread(target=self._poll, name="delivery-reports", daemon=True)

    def start(self) -> None:
        self._poller.start()

    async def send(self, key: bytes, value: bytes, headers: Headers) -> Delivery:
        # Refusing early keeps the answer quick and the memory bounded when brokers are slow.
        if self._in_flight >= self._max_in_flight:
            raise NotSent(QUEUE_FULL, f"{self._in_flight} events are in flight")
        loop = asyncio.get_running_loop()
        report: asyncio.Future[Delivery] = loop.create_future()

        def delivered(error: KafkaError | None, message: Message) -> None:
            # A closed loop means that the process is going; nobody waits any more.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle, report, error, message)

        started = time.monotonic()
        try:
            self._producer.produce(
                self._topic, value, key, headers=[*headers], on_delivery=delivered
            )
        except BufferError as error:
            raise NotSent(QUEUE_FULL, str(error)) from error
        except KafkaException as error:
            raise NotSent(rejection_of(error.args[0]), error.args[0].str()) from error
        self._in_flight += 1
        # Not in a `finally` here: a cancelled request leaves its event in flight.
        report.add_done_callback(lambda _: self._landed(started))
        # Shielded for the same reason.
        return await asyncio.shield(report)

    def purge(self) -> None:
        """Fails what is in flight, for when nothing can be delivered any more."""
        self._producer.purge(blocking=False)

    def close(self, timeout: float) -> None:
        self._closing = True
        # After a fatal error there is nothing to wait for; the polling thread has reported it.
        with suppress(KafkaException):
            if left := self._producer.flush(timeout):
                log.warning("Stopped with %d events unacknowledged.", left)
        self._poller.join(1)

    def _poll(self) -> None:
        while not self._closing:
            try:
                self._producer.poll(0.2)
            except KafkaException as error:
                if not is_fatal(error):
                    raise
                self._shutdown.refused(error.args[0].str())

    def _landed(self, started: float) -> None:
        self._in_flight -= 1
        self._metrics.delivery.observe(time.monotonic() - started)


def _settle(report: asyncio.Future[Delivery], error: KafkaError | None, message: Message) -> None:
    if error is not None:
        report.set_exception(NotSent(rejection_of(error), error.str()))
    else:
        report.set_result(
            Delivery(message.topic() or "", message.partition() or 0, message.offset() or 0)
        )
