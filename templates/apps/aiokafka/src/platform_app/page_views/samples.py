"""A shop with a few busy visitors and many who look in once."""

from collections.abc import Iterator

from platform_app.page_views.events import PageViewed
from platform_app.sampling import Source

VISITORS = 2000
PAGES = (
    "/",
    "/search",
    "/products/espresso-machine",
    "/products/burr-grinder",
    "/products/kettle-gooseneck",
    "/products/beans-ethiopia-guji",
    "/products/beans-colombia-huila",
    "/products/filter-papers",
    "/cart",
    "/checkout",
    "/account/orders",
    "/blog/how-to-descale",
    "/blog/water-hardness",
    "/help/shipping",
    "/help/returns",
)
REFERRERS = (
    None,
    "https://www.google.com/",
    "https://duckduckgo.com/",
    "https://www.instagram.com/",
    "https://newsletter.example.com/spring",
)
COUNTRIES = ("DE", "US", "GB", "FR", "NL", "SE", "PL", "JP", "BR", "CH")


def samples(source: Source) -> Iterator[PageViewed]:
    while True:
        visitor = source.skewed(VISITORS)
        yield PageViewed(
            event_id=source.event_id(),
            event_type="PageViewed",
            occurred_at=source.occurred_at(),
            visitor_id=f"visitor-{visitor:05d}",
            page=source.pick(PAGES),
            referrer=source.pick(REFERRERS),
            # People rarely move between two page views.
            country=COUNTRIES[visitor % len(COUNTRIES)],
            duration_ms=int(source.random.lognormvariate(9, 1)),
        )
