"""The events as they are on the topic."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from platform_app.event import Count, Event, Identifier, Payload

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{3}$")]
Quantity = Annotated[int, Field(ge=1, le=2**31 - 1)]


class OrderLine(Payload):
    sku: Identifier
    quantity: Quantity
    unit_price_cents: Count


class OrderEvent(Event):
    order_id: Identifier


class OrderPlaced(OrderEvent):
    event_type: Literal["OrderPlaced"]
    customer_id: Identifier
    currency: Currency
    total_cents: Count
    lines: Annotated[list[OrderLine], Field(min_length=1)]


class OrderPaid(OrderEvent):
    event_type: Literal["OrderPaid"]
    payment_id: Identifier
    amount_cents: Count


class OrderShipped(OrderEvent):
    event_type: Literal["OrderShipped"]
    carrier: str
    tracking_code: str


class OrderCancelled(OrderEvent):
    event_type: Literal["OrderCancelled"]
    reason: str


AnyOrderEvent = Annotated[
    OrderPlaced | OrderPaid | OrderShipped | OrderCancelled, Field(discriminator="event_type")
]
