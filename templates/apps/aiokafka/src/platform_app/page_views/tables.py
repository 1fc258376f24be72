"""Views per page and tumbling one-minute window, by the time of the event.

A late event is counted in the window in which it happened: windows are never closed here,
they are rows that can still grow.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from platform_app.page_views.events import PageViewed
from platform_app.store.session import Transaction

TABLES = (
    """
    CREATE TABLE IF NOT EXISTS page_views (
      window_start TEXT NOT NULL,
      page TEXT NOT NULL,
      views BIGINT NOT NULL,
      PRIMARY KEY (window_start, page)
    )
    """,
)

EFFECTS = "SELECT SUM(views) FROM page_views"


def window_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def apply(transaction: Transaction, events: Sequence[PageViewed]) -> None:
    counts = Counter((window_of(event.occurred_at), event.page) for event in events)
    # Sorted: consumers of other partitions count the same pages, and rows that are locked
    # in one order by all of them can't deadlock. One row per page also keeps the locks few.
    transaction.execute_many(
        """
        INSERT INTO page_views (window_start, page, views) VALUES (%s, %s, %s)
        ON CONFLICT (window_start, page) DO UPDATE SET views = page_views.views + EXCLUDED.views
        """,
        [(window, page, views) for (window, page), views in sorted(counts.items())],
    )
