"""Orders from placing to shipping, as a status and a history."""

from pydantic import TypeAdapter

from platform_app.event import Domain
from platform_app.orders.derived import derive
from platform_app.orders.events import AnyOrderEvent, OrderEvent
from platform_app.orders.samples import samples
from platform_app.orders.tables import EFFECTS, TABLES, apply
from platform_app.orders.views import views

domain: Domain[OrderEvent] = Domain(
    events=TypeAdapter(AnyOrderEvent),
    # What happens to one order stays in order.
    key=lambda event: event.order_id,
    tables=TABLES,
    apply=apply,
    effects=EFFECTS,
    derive=derive,
    views=views,
    samples=samples,
)
