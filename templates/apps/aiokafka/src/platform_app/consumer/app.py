"""Questions about what has been applied. The domain adds its views."""

from typing import Any
from uuid import UUID

from fastapi import FastAPI

from platform_app.event import AnyDomain
from platform_app.metrics import ConsumerMetrics
from platform_app.store.events import EventStore
from platform_app.web.app import Readiness, create_app
from platform_app.web.errors import not_found


def consumer_app(
    domain: AnyDomain, store: EventStore, metrics: ConsumerMetrics, readiness: Readiness
) -> FastAPI:
    app = create_app(readiness, metrics.registry)
    app.state.store = store
    app.include_router(domain.views, prefix="/views")

    # Plain `def`: they wait for the store, in FastAPI's thread pool instead of the event loop.
    @app.get("/events/{event_id}")
    def event(event_id: str) -> dict[str, Any]:
        found = store.find(_canonical(event_id))
        if found is None:
            raise not_found(f"Event {event_id}")
        return found

    @app.get("/stats")
    def stats() -> dict[str, int]:
        return store.stats()

    return app


def _canonical(event_id: str) -> str:
    try:
        return str(UUID(event_id))
    except ValueError as error:
        raise not_found(f"Event {event_id}") from error
