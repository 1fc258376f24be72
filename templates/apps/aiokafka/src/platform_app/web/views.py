"""What the domains' views have in common."""

from typing import Annotated

from fastapi import Depends, Query, Request

from platform_app.store.events import EventStore

Limit = Annotated[int, Query(ge=1, le=500)]


def _store(request: Request) -> EventStore:
    store: EventStore = request.app.state.store
    return store


Store = Annotated[EventStore, Depends(_store)]
