"""What software agents were asked to do, which tools they called and how it ended."""

from pydantic import TypeAdapter

from platform_app.agent_tasks.derived import derive
from platform_app.agent_tasks.events import AnyTaskEvent
from platform_app.agent_tasks.samples import samples
from platform_app.agent_tasks.tables import EFFECTS, TABLES, apply
from platform_app.agent_tasks.views import views
from platform_app.event import Domain

domain: Domain[AnyTaskEvent] = Domain(
    events=TypeAdapter(AnyTaskEvent),
    # The steps of one task stay in order.
    key=lambda event: event.task_id,
    tables=TABLES,
    apply=apply,
    effects=EFFECTS,
    derive=derive,
    views=views,
    samples=samples,
)
