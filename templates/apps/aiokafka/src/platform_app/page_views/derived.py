"""What the transformer makes of a page view: how much attention it was."""

from typing import Literal

from platform_app.event import Event
from platform_app.page_views.events import PageViewed

GLANCE_MS = 5_000
VISIT_MS = 30_000

Attention = Literal["glance", "visit", "read"]


class VisitMeasured(Event):
    event_type: Literal["VisitMeasured"] = "VisitMeasured"
    visitor_id: str
    page: str
    section: str
    attention: Attention


def derive(event: PageViewed) -> VisitMeasured:
    return VisitMeasured(
        event_id=event.event_id,
        occurred_at=event.occurred_at,
        visitor_id=event.visitor_id,
        page=event.page,
        section=event.page.split("/")[1] or "home",
        attention=_attention(event.duration_ms),
    )


def _attention(duration_ms: int) -> Attention:
    if duration_ms < GLANCE_MS:
        return "glance"
    return "visit" if duration_ms < VISIT_MS else "read"
