"""What the transformer makes of a change: who is on the mailing list, and with which plan."""

from typing import Literal

from platform_app.customers.events import CustomerChanged
from platform_app.event import Event, Refused


class CustomerListed(Event):
    event_type: Literal["CustomerListed"] = "CustomerListed"
    customer_id: str
    listed: bool
    email: str | None
    plan: str | None


def derive(event: CustomerChanged) -> CustomerListed:
    deleted = event.op == "d"
    if not deleted and event.after is None:
        raise Refused(f"op {event.op} says nothing about the customer after the change")
    customer = None if deleted else event.after
    return CustomerListed(
        event_id=event.event_id,
        occurred_at=event.occurred_at,
        customer_id=event.customer_id,
        listed=not deleted,
        email=customer.email if customer else None,
        plan=customer.plan if customer else None,
    )
