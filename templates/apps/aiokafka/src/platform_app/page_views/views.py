"""GET /views/top-pages."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query

from platform_app.page_views.tables import window_of
from platform_app.web.views import Limit, Store

views = APIRouter()


@views.get("/top-pages")
def top_pages(
    store: Store,
    window: Annotated[datetime | None, Query(description="a minute, the newest if absent")] = None,
    limit: Limit = 10,
) -> dict[str, Any]:
    chosen = _newest(store) if window is None else window_of(_as_utc(window))
    pages = store.rows(
        "SELECT page, views FROM page_views WHERE window_start = %s "
        "ORDER BY views DESC, page LIMIT %s",
        chosen,
        limit,
    )
    return {"window": chosen, "pages": pages}


def _newest(store: Store) -> str | None:
    rows = store.rows("SELECT MAX(window_start) AS newest FROM page_views")
    newest: str | None = rows[0]["newest"]
    return newest


def _as_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
