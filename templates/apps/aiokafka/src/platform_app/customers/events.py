"""The event as it is on the topic: one committed change of one row."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from platform_app.event import Count, Event, Identifier, Payload

Country = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$")]


class Customer(Payload):
    customer_id: Identifier
    email: str
    name: str
    country: Country
    plan: Literal["free", "pro", "enterprise"]


class CustomerChanged(Event):
    event_type: Literal["CustomerChanged"]
    customer_id: Identifier
    op: Literal["c", "u", "d"]
    """Created, updated or deleted, as Debezium calls them."""
    before: Customer | None
    after: Customer | None
    lsn: Count
    """Where the change stands in the log of its database; it only grows."""
