"""The event as it is on the topic."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from platform_app.event import Count, Event, Identifier

Page = Annotated[str, StringConstraints(pattern=r"^/")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$")]


class PageViewed(Event):
    event_type: Literal["PageViewed"]
    visitor_id: Identifier
    page: Page
    referrer: str | None
    country: Country
    duration_ms: Count
