import pytest

from platform_app.page_views.derived import derive
from platform_app.page_views.events import PageViewed
from support import event_json


def viewed(page: str = "/", duration_ms: int = 0) -> PageViewed:
    fields = {"visitorId": "v-1", "referrer": None, "country": "DE"}
    return PageViewed.model_validate_json(
        event_json(1, "PageViewed", **fields, page=page, durationMs=duration_ms)
    )


@pytest.mark.parametrize(
    ("page", "section"),
    [("/", "home"), ("/cart", "cart"), ("/products/kettle", "products"), ("//x", "home")],
)
def test_the_section_is_the_first_segment_of_the_page(page: str, section: str) -> None:
    assert derive(viewed(page=page)).section == section


@pytest.mark.parametrize(
    ("duration_ms", "attention"),
    [(0, "glance"), (4999, "glance"), (5000, "visit"), (29_999, "visit"), (30_000, "read")],
)
def test_attention_grows_with_the_time_spent(duration_ms: int, attention: str) -> None:
    assert derive(viewed(duration_ms=duration_ms)).attention == attention
