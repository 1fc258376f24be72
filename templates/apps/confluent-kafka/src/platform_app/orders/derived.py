"""What the transformer makes of an order's event: what its customer has to hear."""

from typing import Literal

from platform_app.event import Event
from platform_app.orders.events import OrderEvent

SUBJECTS = {
    "OrderPlaced": "Order received",
    "OrderPaid": "Payment received",
    "OrderShipped": "Order shipped",
    "OrderCancelled": "Order cancelled",
}


class OrderNoticeDue(Event):
    event_type: Literal["OrderNoticeDue"] = "OrderNoticeDue"
    order_id: str
    subject: str
    urgent: bool


def derive(event: OrderEvent) -> OrderNoticeDue:
    return OrderNoticeDue(
        event_id=event.event_id,
        occurred_at=event.occurred_at,
        order_id=event.order_id,
        subject=SUBJECTS[event.event_type],
        urgent=event.event_type == "OrderCancelled",
    )
