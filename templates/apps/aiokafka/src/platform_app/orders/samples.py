"""Orders that are placed, paid and shipped while others come in; some are cancelled."""

from collections.abc import Iterator
from dataclasses import dataclass

from platform_app.orders.events import (
    OrderCancelled,
    OrderEvent,
    OrderLine,
    OrderPaid,
    OrderPlaced,
    OrderShipped,
)
from platform_app.sampling import Source

MOST_OPEN = 40
CUSTOMERS = 800
# What it is, and what one costs.
ARTICLES = (
    ("ESP-9-CHROME", 64900),
    ("GRD-64-BLACK", 28900),
    ("KTL-GOOSE-1L", 8950),
    ("BEAN-GUJI-250", 1450),
    ("BEAN-HUILA-1K", 3990),
    ("FILT-02-100", 690),
    ("SCALE-01G", 3490),
    ("CUP-DBL-2", 1990),
)
CURRENCIES = ("EUR", "USD", "GBP", "SEK")
CARRIERS = ("DHL", "UPS", "DPD", "PostNL")
REASONS = ("customer changed their mind", "payment failed", "out of stock", "suspected fraud")
CANCELLED_SHARE = 0.08


@dataclass(slots=True)
class Open:
    order_id: str
    total_cents: int
    paid: bool = False


def samples(source: Source) -> Iterator[OrderEvent]:
    open_orders: list[Open] = []
    while True:
        if len(open_orders) < MOST_OPEN and (not open_orders or source.chance(0.4)):
            placed = _placed(source)
            open_orders.append(Open(placed.order_id, placed.total_cents))
            yield placed
            continue
        index = source.skewed(len(open_orders))
        order = open_orders[index]
        if not order.paid and not source.chance(CANCELLED_SHARE):
            order.paid = True
            yield _paid(source, order)
        else:
            del open_orders[index]
            yield _shipped(source, order) if order.paid else _cancelled(source, order)


def _placed(source: Source) -> OrderPlaced:
    lines = [
        OrderLine(sku=sku, quantity=1 + source.skewed(4), unit_price_cents=price)
        for sku, price in source.random.sample(ARTICLES, k=1 + source.skewed(4))
    ]
    return OrderPlaced(
        event_id=source.event_id(),
        event_type="OrderPlaced",
        occurred_at=source.occurred_at(),
        order_id=source.reference("order"),
        customer_id=f"customer-{source.skewed(CUSTOMERS):04d}",
        currency=source.pick(CURRENCIES),
        total_cents=sum(line.quantity * line.unit_price_cents for line in lines),
        lines=lines,
    )


def _paid(source: Source, order: Open) -> OrderPaid:
    return OrderPaid(
        event_id=source.event_id(),
        event_type="OrderPaid",
        occurred_at=source.occurred_at(),
        order_id=order.order_id,
        payment_id=source.reference("pay"),
        amount_cents=order.total_cents,
    )


def _shipped(source: Source, order: Open) -> OrderShipped:
    return OrderShipped(
        event_id=source.event_id(),
        event_type="OrderShipped",
        occurred_at=source.occurred_at(),
        order_id=order.order_id,
        carrier=source.pick(CARRIERS),
        tracking_code=f"{source.random.getrandbits(48):015d}",
    )


def _cancelled(source: Source, order: Open) -> OrderCancelled:
    return OrderCancelled(
        event_id=source.event_id(),
        event_type="OrderCancelled",
        occurred_at=source.occurred_at(),
        order_id=order.order_id,
        reason=source.pick(REASONS),
    )
