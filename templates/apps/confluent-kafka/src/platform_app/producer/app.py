"""POST /events."""

import logging
from collections.abc import AsyncIterator
from dataclasses import asdict

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from platform_app.codec import InvalidEvent, Undecodable, decode
from platform_app.event import AnyDomain, Event
from platform_app.logs import correlation_id
from platform_app.metrics import ProducerMetrics
from platform_app.producer.rejections import TOO_LARGE, NotSent
from platform_app.producer.sending import Sender
from platform_app.record import MAX_RECORD_BYTES, Headers
from platform_app.web.app import Readiness, create_app
from platform_app.web.errors import error_response

log = logging.getLogger(__name__)


def producer_app(
    domain: AnyDomain, sender: Sender, metrics: ProducerMetrics, readiness: Readiness
) -> FastAPI:
    app = create_app(readiness, metrics.registry)

    @app.post("/events")
    async def accept(request: Request) -> JSONResponse:
        try:
            value = await _body(request.stream())
            event: Event = decode(domain.events, value)
            # The bytes as they came: fields that we don't know yet reach those who do.
            delivery = await sender.send(
                domain.key(event).encode(), value, _headers(event, request)
            )
        except Undecodable as error:
            metrics.rejected.labels("invalid").inc()
            return error_response(400, "malformed_json", str(error), [])
        except InvalidEvent as error:
            metrics.rejected.labels("invalid").inc()
            return error_response(422, "invalid_event", "This is no valid event.", error.details)
        except NotSent as error:
            return _rejected(error)
        metrics.produced.labels(delivery.topic).inc()
        answer = {"eventId": str(event.event_id), **asdict(delivery)}
        log.debug("Event accepted.", extra=answer)
        return JSONResponse(answer, status_code=202)

    def _rejected(error: NotSent) -> JSONResponse:
        rejection = error.rejection
        metrics.rejected.labels(rejection.metric).inc()
        log.warning("Event not sent: %s", error, extra={"errorClass": rejection.kind})
        return error_response(
            rejection.status,
            rejection.kind,
            rejection.message,
            retry_after=rejection.retry_after,
        )

    return app


async def _body(chunks: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        # Read to the end, because a caller that is still sending hears no answer;
        # kept only up to what any record may hold.
        if len(body) <= MAX_RECORD_BYTES:
            body += chunk
    if len(body) > MAX_RECORD_BYTES:
        raise NotSent(TOO_LARGE, f"more than {MAX_RECORD_BYTES} bytes")
    return bytes(body)


def _headers(event: Event, request: Request) -> Headers:
    headers: Headers = [
        ("event-id", str(event.event_id).encode()),
        ("event-type", event.event_type.encode()),
        ("correlation-id", (correlation_id.get() or "").encode()),
        ("content-type", b"application/json"),
    ]
    if traceparent := request.headers.get("traceparent"):
        headers.append(("traceparent", traceparent.encode()))
    return headers
