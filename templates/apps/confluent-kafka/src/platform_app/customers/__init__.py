"""Changes of a customer table elsewhere, kept as a table here."""

from pydantic import TypeAdapter

from platform_app.customers.derived import derive
from platform_app.customers.events import CustomerChanged
from platform_app.customers.samples import samples
from platform_app.customers.tables import EFFECTS, TABLES, apply
from platform_app.customers.views import views
from platform_app.event import Domain

domain = Domain(
    events=TypeAdapter(CustomerChanged),
    # The changes of one row stay in order.
    key=lambda event: event.customer_id,
    tables=TABLES,
    apply=apply,
    effects=EFFECTS,
    derive=derive,
    views=views,
    samples=samples,
)
