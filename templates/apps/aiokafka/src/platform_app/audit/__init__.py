"""Who did what to which resource, kept for searching."""

from pydantic import TypeAdapter

from platform_app.audit.derived import derive
from platform_app.audit.events import AuditRecorded
from platform_app.audit.samples import samples
from platform_app.audit.tables import EFFECTS, TABLES, apply
from platform_app.audit.views import views
from platform_app.event import Domain

domain = Domain(
    events=TypeAdapter(AuditRecorded),
    # The steps of one actor stay in order.
    key=lambda event: event.actor,
    tables=TABLES,
    apply=apply,
    effects=EFFECTS,
    derive=derive,
    views=views,
    samples=samples,
)
