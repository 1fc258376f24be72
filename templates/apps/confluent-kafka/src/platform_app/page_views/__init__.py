"""Page views, counted per page in one-minute windows."""

from pydantic import TypeAdapter

from platform_app.event import Domain
from platform_app.page_views.derived import derive
from platform_app.page_views.events import PageViewed
from platform_app.page_views.samples import samples
from platform_app.page_views.tables import EFFECTS, TABLES, apply
from platform_app.page_views.views import views

domain = Domain(
    events=TypeAdapter(PageViewed),
    # The pages of one visitor stay in order.
    key=lambda event: event.visitor_id,
    tables=TABLES,
    apply=apply,
    effects=EFFECTS,
    derive=derive,
    views=views,
    samples=samples,
)
